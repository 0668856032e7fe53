package dev.outrigger.example.kv.store;

import java.util.Collection;
import java.util.Optional;

/**
 * All keys that clients reach, wherever they are kept: in this process or by a cluster.
 *
 * <p>Safe for use by many threads. A call may wait for the disk or for other nodes, for a bounded while, so none belongs on an event
 * loop. Every method throws a {@link StoreException} where it does not do what it was asked.
 */
public interface KeySpace {

    /** Returns the value of a key. */
    Optional<byte[]> get(byte[] key);

    /** Returns how many of the keys exist; one that is named twice counts twice. */
    int count(Collection<byte[]> keys);

    /** Sets a key; returns whether the condition held. */
    boolean set(byte[] key, byte[] value, SetCondition condition);

    /** Deletes keys; returns how many of them existed. */
    int delete(Collection<byte[]> keys);

    /**
     * Returns the keys that come next.
     *
     * @param count how many keys to look at; a few more where several share a position, fewer where they are long
     */
    ScanPage scan(ScanCursor cursor, int count);
}
