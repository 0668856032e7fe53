package dev.outrigger.example.raft.store;

import dev.outrigger.backup.spi.RestoreId;

/** Says that a restore was agreed on whose data is not on this replica, or cannot be opened. Nothing was changed. */
public final class StagingMissingException extends Exception {

    private static final long serialVersionUID = 1L;

    StagingMissingException(RestoreId restore, Throwable cause) {
        super("what restore " + restore + " staged cannot be opened", cause);
    }

    StagingMissingException(RestoreId restore) {
        super("restore " + restore + " has staged nothing here");
    }
}
