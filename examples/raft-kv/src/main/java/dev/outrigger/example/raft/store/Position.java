package dev.outrigger.example.raft.store;

import java.nio.ByteBuffer;

/**
 * A place in the log of a group.
 *
 * @param term of the entry
 * @param index of the entry; -1 before the first
 */
public record Position(long term, long index) {

    /** Before the first entry. */
    public static final Position NONE = new Position(0, -1);

    private static final int BYTES = 2 * Long.BYTES;

    byte[] encode() {
        return ByteBuffer.allocate(BYTES).putLong(term).putLong(index).array();
    }

    static Position decode(byte[] record) {
        ByteBuffer from = ByteBuffer.wrap(record);
        return new Position(from.getLong(), from.getLong());
    }
}
