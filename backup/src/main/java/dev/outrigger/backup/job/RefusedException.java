package dev.outrigger.backup.job;

import static java.util.Objects.requireNonNull;

/** Tells that something is not done, and that nothing was changed. The message is for clients. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why something is not done. */
    public enum Reason {
        /** It was asked for in a way that makes no sense here. */
        MALFORMED,
        /** It may not be done at that place. */
        NOT_ALLOWED,
        /** What it needs is not there. */
        NOT_FOUND,
        /** What it would make is there already, or being made. */
        CONFLICT,
        /** What it needs is there, and is damaged or not to be believed. */
        UNUSABLE,
        /** The store cannot do what is needed to do it safely. */
        UNSUPPORTED,
        /** There is no space for it. */
        NO_SPACE
    }

    private final Reason reason;

    /** Says why, for a program and for people. */
    public RefusedException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }
}
