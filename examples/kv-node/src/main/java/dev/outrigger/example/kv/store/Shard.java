package dev.outrigger.example.kv.store;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.nio.ByteBuffer;
import org.rocksdb.ColumnFamilyHandle;

/**
 * One open slot of one generation of a table: a column family, and how many writes it has applied. Changed under the
 * {@linkplain WriteLocks lock} of its place.
 *
 * <p>Each write puts the new count into the same batch, so the count on disk is that of the data beside it, also after a crash,
 * and travels with the column family into a checkpoint.
 */
final class Shard {

    private final SlotRange range;
    private final ColumnFamilyHandle family;
    private volatile long commitIndex; // written under the lock of the shard's place
    private volatile ShardHealth health = ShardHealth.HEALTHY;

    Shard(SlotRange range, ColumnFamilyHandle family, long commitIndex) {
        this.range = range;
        this.family = family;
        this.commitIndex = commitIndex;
    }

    SlotRange range() {
        return range;
    }

    /** Returns the column family. Only within {@link Database#use}: it is closed when nobody is in there any more. */
    ColumnFamilyHandle family() {
        return family;
    }

    long commitIndex() {
        return commitIndex;
    }

    /** Returns the record that a batch has to carry for this shard. Only under the lock. */
    byte[] nextCommitIndex() {
        return ByteBuffer.allocate(Long.BYTES).putLong(commitIndex + 1).array();
    }

    /** Counts the batch that has just been written. Only under the lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // the lock makes it atomic, volatile makes it visible to readers
    void committed() {
        commitIndex++;
    }

    boolean isAvailable() {
        return health != ShardHealth.UNAVAILABLE;
    }

    /** Throws where the shard is not served. */
    void requireAvailable() {
        if (!isAvailable()) {
            throw new StoreException(Reason.SHARD_UNAVAILABLE, "shard " + range.first() + " is unavailable");
        }
    }

    /**
     * Makes the shard worse, never better: what was found corrupt stays so until it is opened again.
     *
     * @return whether it was better before
     */
    synchronized boolean worsen(ShardHealth found) {
        boolean worse = found.compareTo(health) > 0;
        if (worse) {
            health = found;
        }
        return worse;
    }

    ShardView view(boolean takesWrites) {
        boolean degraded = health == ShardHealth.HEALTHY && !takesWrites;
        return new ShardView(range, degraded ? ShardHealth.DEGRADED : health, commitIndex);
    }
}
