package dev.outrigger.example.kv.store;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.ColumnFamilyHandle;

/**
 * One open slot: a column family, and how many writes it has applied.
 *
 * <p>Each write puts the new count into the same batch, so the count on disk is that of the data beside it, also after a crash,
 * and travels with the column family into a checkpoint.
 */
final class Shard {

    private final SlotRange range;
    private final ColumnFamilyHandle family;
    private final Lock writing = new ReentrantLock();
    private volatile long commitIndex; // written under "writing"
    private volatile ShardHealth health = ShardHealth.HEALTHY;

    Shard(SlotRange range, ColumnFamilyHandle family, long commitIndex) {
        this.range = range;
        this.family = family;
        this.commitIndex = commitIndex;
    }

    SlotRange range() {
        return range;
    }

    ColumnFamilyHandle family() {
        return family;
    }

    /** Returns the lock that every write to this shard holds. Who needs several takes them by ascending id. */
    Lock writing() {
        return writing;
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

    /** Throws where the shard is not served. */
    void requireAvailable() {
        if (health == ShardHealth.UNAVAILABLE) {
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
