package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that is being written, and much of which is on disk before its end. While its thread waits for that, others unpack their shards,
 * and what is left to wait for in the end does not depend on its length. Not thread-safe.
 */
final class EagerFile extends OutputStream {

    private static final int FORCED_AT_ONCE = 8 << 20;

    private final FileChannel channel;
    private long unforced;

    EagerFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        unforced += length;
        if (unforced >= FORCED_AT_ONCE) {
            channel.force(false);
            unforced = 0;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
