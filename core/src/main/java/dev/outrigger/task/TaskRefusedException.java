package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

/** The queue takes no task now. */
public final class TaskRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    private final Reason reason;

    TaskRefusedException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Why a task can be refused. */
    public enum Reason {

        /** As many wait as may. */
        FULL,

        /** The queue is closed, or about to be. */
        CLOSED
    }
}
