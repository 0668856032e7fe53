package dev.outrigger.task;

import org.jspecify.annotations.Nullable;

/**
 * Says why an attempt failed, in words that are shown to whoever may read jobs: no secret, no path of the machine, no class name.
 * The cause goes to the log only.
 */
public final class TaskFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whether another attempt may do better. */
    private final boolean retryable;

    private TaskFailure(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** A failure that every further attempt would meet too, such as bad input. */
    public static TaskFailure terminal(String message) {
        return new TaskFailure(message, null, false);
    }

    /** A failure that every further attempt would meet too. */
    public static TaskFailure terminal(String message, Throwable cause) {
        return new TaskFailure(message, cause, false);
    }

    /** A failure that may pass. */
    public static TaskFailure retryable(String message) {
        return new TaskFailure(message, null, true);
    }

    /** A failure that may pass. */
    public static TaskFailure retryable(String message, Throwable cause) {
        return new TaskFailure(message, cause, true);
    }

    /** Tells whether another attempt may do better. */
    public boolean isRetryable() {
        return retryable;
    }
}
