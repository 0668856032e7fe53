package dev.outrigger.backup.job;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CancellationException;

/** Ends a job that was told to stop. Unchecked, so that it passes through streams. */
public final class JobStoppedException extends CancellationException {

    private static final long serialVersionUID = 1L;

    /** Why a job is stopped. */
    public enum Reason {
        /** Somebody does not want it any more: what it has done is undone. */
        CANCELED,
        /** The process ends: what it has done stays, and it goes on after the next start. */
        CLOSING
    }

    private final Reason reason;

    /** Says why. */
    public JobStoppedException(Reason reason) {
        super("the job was stopped: " + reason);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
