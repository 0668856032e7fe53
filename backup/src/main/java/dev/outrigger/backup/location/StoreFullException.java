package dev.outrigger.backup.location;

import java.io.IOException;

/** Tells that there is no space left. */
public final class StoreFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says where, for people. */
    public StoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
