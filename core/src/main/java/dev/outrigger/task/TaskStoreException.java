package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

/** Says why tasks could not be read or recorded. */
public final class TaskStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final Reason reason;

    /** Describes a failure, for the host's log. */
    public TaskStoreException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Describes a failure, for the host's log. */
    public TaskStoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can go wrong. */
    public enum Reason {

        /** Another process has the store, or another store of this one. */
        TAKEN,

        /** The store cannot be read. */
        UNREADABLE,

        /** The change was not written, or nobody knows whether it was. */
        NOT_WRITTEN,

        /** The store is closed. */
        CLOSED
    }
}
