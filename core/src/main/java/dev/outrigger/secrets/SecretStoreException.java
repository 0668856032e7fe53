package dev.outrigger.secrets;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Says why secrets could not be opened or changed. Its message names the file, and never holds a value or a password. */
public final class SecretStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, for a host that reacts to it. */
    private final Reason reason;

    /**
     * Describes a failure.
     *
     * @param message for the host's log: without any value
     */
    public SecretStoreException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    SecretStoreException(Reason reason, Path file, String what) {
        this(reason, "keystore " + file + ": " + what);
    }

    /** What went wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can go wrong. */
    public enum Reason {

        /** The password does not fit, or there is none to be had. */
        WRONG_PASSWORD,

        /** The file is none of ours, or was changed by something that does not know the password. */
        DAMAGED,

        /** The file is not there any more, or may not be read. */
        UNREADABLE,

        /** The change could not be written. */
        NOT_WRITTEN,

        /** Somebody else is writing, and did not finish in time. */
        BUSY,

        /** There is no room for more. */
        FULL,

        /** The store is closed. */
        CLOSED
    }
}
