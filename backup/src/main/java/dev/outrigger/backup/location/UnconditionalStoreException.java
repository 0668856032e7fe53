package dev.outrigger.backup.location;

import java.io.IOException;

/** Tells that a store cannot write on condition that a name is free, so that two backups of one id could mix. */
public final class UnconditionalStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says which store, for people. */
    public UnconditionalStoreException(String message) {
        super(message);
    }
}
