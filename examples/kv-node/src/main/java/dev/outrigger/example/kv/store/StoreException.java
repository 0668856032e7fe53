package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

/**
 * Says why the store did not do what it was asked. Nothing was changed, unless the reason is {@link Reason#FAILED} or {@link
 * Reason#UNCERTAIN}.
 */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Reason {
        /** The data directory cannot be used: missing rights, locked by another process, of another format. */
        UNUSABLE,
        /** The store is still being opened; it will pass. */
        LOADING,
        /** The store is closed or closing; it will not pass. */
        CLOSED,
        /** The shard could not be verified when it was opened, or no node is known to lead it; the latter will pass. */
        SHARD_UNAVAILABLE,
        /** The table was dropped and has not been restored. */
        TABLE_MISSING,
        /** Compaction is so far behind that RocksDB took no write until the deadline; it will pass. */
        STALLED,
        /** Whether a write was done is not known, and it may yet be: who led the shard was lost, or took too long. */
        UNCERTAIN,
        /** It is not done here at all, however often it is asked. */
        REFUSED,
        /** RocksDB failed: the disk is full, broken or read-only, or data is corrupt. */
        FAILED
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
