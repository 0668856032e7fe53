package dev.outrigger.example.kv.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * How a client's key is laid out in a database: {@code 01}, its {@linkplain #position position} in seven bytes, the key.
 *
 * <p>The position in front puts the keys of all shards into one order that fits a number, which is what makes {@code SCAN}'s
 * cursors free of server-side state: see {@link ScanCursor}. Keys that begin with {@code 00} are the shard's own records.
 */
public final class StoredKey {

    /** The shard's own record of how many writes it has applied: eight bytes, big-endian. */
    static final byte[] COMMIT_INDEX = {0, 'c', 'o', 'm', 'm', 'i', 't'};

    private static final byte DATA = 1;
    private static final int HASH_BITS = 32;
    private static final int PREFIX_BYTES = Long.BYTES;
    private static final long TAG = (long) DATA << 56;

    /** The highest position: ten bits of slot over 32 bits of hash, so it is exact even where numbers are doubles. */
    static final long MAX_POSITION = ((long) HashSlot.COUNT << HASH_BITS) - 1;

    private StoredKey() {}

    /** Returns where in the order of all keys a key stands: its slot, then a hash of it. Different keys may share a position. */
    public static long position(HashSlot slot, byte[] key) {
        CRC32C hash = new CRC32C();
        hash.update(key, 0, key.length);
        return ((long) slot.number() << HASH_BITS) | hash.getValue();
    }

    /** Returns how a key is stored. */
    public static byte[] encode(HashSlot slot, byte[] key) {
        return ByteBuffer.allocate(PREFIX_BYTES + key.length)
                .putLong(TAG | position(slot, key))
                .put(key)
                .array();
    }

    /** Returns the least stored key at a position: where to seek to. */
    public static byte[] seekTo(long position) {
        return ByteBuffer.allocate(PREFIX_BYTES).putLong(TAG | position).array();
    }

    /** Tells whether a record of a column family is a client's, not the shard's own. */
    public static boolean isData(byte[] stored) {
        return stored.length >= PREFIX_BYTES && stored[0] == DATA;
    }

    /** Returns at which position a stored key is. */
    public static long positionOf(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong() & ~TAG;
    }

    /** Returns the first position of a slot. */
    public static long firstPosition(HashSlot slot) {
        return (long) slot.number() << HASH_BITS;
    }

    /** Returns the number of the slot that a position belongs to. */
    public static int slotOf(long position) {
        return (int) (position >>> HASH_BITS);
    }

    /** Returns the key of a client from how it is stored. */
    public static byte[] decode(byte[] stored) {
        return Arrays.copyOfRange(stored, PREFIX_BYTES, stored.length);
    }
}
