package dev.outrigger.example.raft.engine;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.ScanCursor;
import dev.outrigger.example.kv.store.ScanPage;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.SlotRange;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.Collection;
import java.util.Optional;

/**
 * All keys of the cluster. Each call goes to whoever leads the shards it is about, on this node or another.
 *
 * <p>Reads are linearizable: they tell of every write that was acknowledged before they were asked. A write is done once, however often it
 * has to be sent. Every method throws a {@link StoreException}: with {@link Reason#LOADING} before the engine has started, {@link
 * Reason#CLOSED} when it is closed, {@link Reason#SHARD_UNAVAILABLE} where no leader took the request in time, so that nothing was changed,
 * {@link Reason#UNCERTAIN} where a write was sent and its outcome is not known, and {@link Reason#FAILED} where a replica failed.
 */
public final class ClusterKeys implements KeySpace {

    ClusterKeys() {}

    /** Returns how many shards there are. */
    public int shards() {
        throw new UnsupportedOperationException();
    }

    /** Returns the id of the shard that keeps the keys of a slot. */
    public int shardOf(HashSlot slot) {
        throw new UnsupportedOperationException();
    }

    /** Returns the slots of a shard. */
    public SlotRange slotsOf(int shard) {
        throw new UnsupportedOperationException();
    }

    /** Returns the value of a key. */
    @Override
    public Optional<byte[]> get(byte[] key) {
        throw new UnsupportedOperationException();
    }

    /** Returns how many of the keys exist; one that is named twice counts twice. Each shard tells of a moment of its own. */
    @Override
    public int count(Collection<byte[]> keys) {
        throw new UnsupportedOperationException();
    }

    /** Sets a key; returns whether the condition held. */
    @Override
    public boolean set(byte[] key, byte[] value, SetCondition condition) {
        throw new UnsupportedOperationException();
    }

    /** Deletes keys, those of one shard in one step; returns how many of them existed. */
    @Override
    public int delete(Collection<byte[]> keys) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the keys that come next.
     *
     * @param count how many keys to look at; a few more where several share a position, fewer where they are long or the shard ends
     */
    @Override
    public ScanPage scan(ScanCursor cursor, int count) {
        throw new UnsupportedOperationException();
    }

    /** Removes all keys, one shard after another, each in one step. */
    public void clear() {
        throw new UnsupportedOperationException();
    }

    /** Counts the keys of a shard, by looking at each. */
    public long countKeys(int shard) {
        throw new UnsupportedOperationException();
    }
}
