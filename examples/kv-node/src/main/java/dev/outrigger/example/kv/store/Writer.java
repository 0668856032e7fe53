package dev.outrigger.example.kv.store;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way by which data is changed: stage under the shards' locks, then write the batch.
 *
 * <p>RocksDB would hold a writer inside for as long as compaction is behind, minutes if need be, and a liveness check could not
 * tell that thread from a dead one. So it is asked not to wait, and the waiting is done here, outside the locks and with a
 * deadline: a stall becomes an answer to the client and a matter of readiness, never a reason to kill the node.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Database database;
    private final WriteLocks locks;
    private final long stallNanos;
    private final WriteOptions unsynced = new WriteOptions().setNoSlowdown(true);
    private final WriteOptions synced = new WriteOptions().setNoSlowdown(true).setSync(true);
    private volatile Optional<String> fault = Optional.empty();

    Writer(Database database, WriteLocks locks, Duration stallTimeout) {
        this.database = database;
        this.locks = locks;
        this.stallNanos = stallTimeout.toNanos();
    }

    /** Reads what it has to know and puts into the set what is to change; returns what the caller wants to know. */
    @FunctionalInterface
    interface Staging {

        int stage(RocksDB rocks, WriteSet changes) throws RocksDBException;
    }

    /**
     * Changes some shards, all or nothing. The staging may run several times, where RocksDB had no room.
     *
     * @param places of the shards; which ones those are, the staging asks once their locks are held, since they are swapped under them
     */
    int write(SortedSet<Integer> places, Staging staging) {
        long began = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            OptionalInt result = tryWrite(places, staging);
            if (result.isPresent()) {
                return result.getAsInt();
            }
            if (System.nanoTime() - began > stallNanos) {
                throw new StoreException(Reason.STALLED, "writes are stalled: compaction is behind");
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    /** Writes a record that is nobody's data through to the disk, to see that it can be done. */
    void probe() {
        byte[] record = {'p', 'r', 'o', 'b', 'e'};
        try {
            database.use(rocks -> {
                rocks.put(synced, record, record);
                return record;
            });
            clearFault();
        } catch (RocksDBException e) {
            throw isStall(e) ? new StoreException(Reason.STALLED, "writes are stalled", e) : failed(e);
        }
    }

    /**
     * Writes a batch that is nobody's data but says where the data is, through to the disk.
     *
     * @throws StoreException with {@link Reason#STALLED} if nothing was written, and never will be; with {@link Reason#FAILED} if that
     *     is not known
     */
    void writeSynced(WriteBatch batch) {
        try {
            database.use(rocks -> {
                rocks.write(synced, batch);
                return true;
            });
            clearFault();
        } catch (RocksDBException e) {
            throw isStall(e) ? new StoreException(Reason.STALLED, "writes are stalled", e) : failed(e);
        }
    }

    /** Makes what has been written outlive a power cut. */
    void sync() {
        try {
            database.use(rocks -> {
                rocks.syncWal();
                return true;
            });
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** Returns what the last write failed with, until one succeeds. */
    Optional<String> fault() {
        return fault;
    }

    /** Frees native memory. Only when nobody writes any more. */
    @Override
    public void close() {
        unsynced.close();
        synced.close();
    }

    private OptionalInt tryWrite(SortedSet<Integer> places, Staging staging) {
        locks.lock(places);
        try {
            return OptionalInt.of(database.use(rocks -> apply(rocks, staging)));
        } catch (RocksDBException e) {
            if (isStall(e)) {
                return OptionalInt.empty();
            }
            throw failed(e);
        } finally {
            locks.unlock(places);
        }
    }

    private int apply(RocksDB rocks, Staging staging) throws RocksDBException {
        try (WriteSet changes = new WriteSet()) {
            int result = staging.stage(rocks, changes);
            if (!changes.isEmpty()) {
                rocks.write(unsynced, changes.seal());
                changes.committed();
                clearFault();
            }
            return result;
        }
    }

    private void clearFault() {
        if (fault.isPresent()) {
            fault = Optional.empty();
            LOG.info("Writes are taken again");
        }
    }

    private StoreException failed(RocksDBException e) {
        if (fault.isEmpty()) {
            LOG.error("Writes fail", e);
        }
        fault = Optional.of(String.valueOf(e.getMessage()));
        return new StoreException(Reason.FAILED, "the write failed", e);
    }

    private static boolean isStall(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete;
    }
}
