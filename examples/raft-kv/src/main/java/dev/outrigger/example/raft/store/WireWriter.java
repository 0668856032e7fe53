package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts a message together: numbers big-endian, strings of bytes after their length. Not safe for use by several threads. */
public final class WireWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public WireWriter number(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    public WireWriter octet(int value) {
        out.write(value);
        return this;
    }

    public WireWriter bytes(byte[] value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        out.writeBytes(value);
        return this;
    }

    public WireWriter text(String value) {
        return bytes(value.getBytes(UTF_8));
    }

    public byte[] done() {
        return out.toByteArray();
    }
}
