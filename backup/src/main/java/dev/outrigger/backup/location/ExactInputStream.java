package dev.outrigger.backup.location;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The content of an object of known length. It fails, and never just ends, before that; what comes after it is not the object's. */
final class ExactInputStream extends InputStream {

    private final InputStream in;
    private final StoredObject object;
    private final Runnable giveUp;
    private long left;

    ExactInputStream(InputStream in, StoredObject object) {
        this(in, object, () -> {});
    }

    /** Reads from a stream that is told, before it is closed, if the rest of it is not wanted. */
    ExactInputStream(InputStream in, StoredObject object, Runnable giveUp) {
        this.in = in;
        this.object = object;
        this.giveUp = giveUp;
        this.left = object.bytes();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("object: " + object.name() + " ended " + left + " bytes early (expected: "
                    + object.bytes() + " bytes)");
        }
        left -= read;
        return read;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            giveUp.run();
        }
        in.close();
    }
}
