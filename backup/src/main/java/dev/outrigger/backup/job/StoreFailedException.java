package dev.outrigger.backup.job;

import java.io.IOException;

/** Marks what the store of backups, or that of plans, failed with, so that it is not taken for the host's failure: it may work again later. */
public final class StoreFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final IOException failure;

    /** Wraps what the store threw. */
    public StoreFailedException(IOException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** Returns what the store threw. */
    public IOException failure() {
        return failure;
    }
}
