package dev.outrigger.ops;

import dev.outrigger.http.BodyStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A health document with all shards, handed out piece by piece straight from the array: nothing is copied. */
final class WholeShards implements BodyStream {

    private static final int PIECE_BYTES = 64 << 10;

    private final byte[] head;
    private final ShardArray array;
    private final byte[] tail;

    /** How much of the array was handed out; -1 before the head was. */
    private int given = -1;

    private boolean ended;

    WholeShards(byte[] head, ShardArray array, byte[] tail) {
        this.head = head;
        this.array = array;
        this.tail = tail;
        array.addReader();
    }

    @Override
    public Optional<ByteBuffer> next() {
        if (given < 0) {
            given = 0;
            return Optional.of(ByteBuffer.wrap(head));
        }
        if (given < array.length()) {
            int from = given;
            int size = Math.min(PIECE_BYTES, array.length() - from);
            given = from + size;
            return Optional.of(ByteBuffer.wrap(array.bytes(), from, size));
        }
        if (!ended) {
            ended = true;
            return Optional.of(ByteBuffer.wrap(tail));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        array.removeReader();
    }
}
