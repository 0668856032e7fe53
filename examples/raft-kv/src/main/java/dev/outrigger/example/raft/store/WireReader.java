package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Takes a message apart that a {@link WireWriter} put together. Every method throws an {@link IllegalArgumentException} where the message is
 * another. Not safe for use by several threads.
 */
public final class WireReader {

    private final ByteBuffer in;

    public WireReader(byte[] message) {
        this.in = ByteBuffer.wrap(message);
    }

    public long number() {
        try {
            return in.getLong();
        } catch (BufferUnderflowException e) {
            throw tooShort(e);
        }
    }

    public int octet() {
        try {
            return in.get() & 0xff;
        } catch (BufferUnderflowException e) {
            throw tooShort(e);
        }
    }

    public byte[] bytes() {
        try {
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException("length: " + length + " (expected: 0 to " + in.remaining() + ")");
            }
            byte[] value = new byte[length];
            in.get(value);
            return value;
        } catch (BufferUnderflowException e) {
            throw tooShort(e);
        }
    }

    public String text() {
        return new String(bytes(), UTF_8);
    }

    public boolean hasMore() {
        return in.hasRemaining();
    }

    private static IllegalArgumentException tooShort(BufferUnderflowException e) {
        return new IllegalArgumentException("the message ends early", e);
    }
}
