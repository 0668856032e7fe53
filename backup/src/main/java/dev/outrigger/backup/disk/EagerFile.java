package dev.outrigger.backup.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, and much of which is on disk before its end. A thread of its own waits for the disk while the next part is
 * made, so a core is never idle for it, and what is left to wait for in the end does not depend on the file's length.
 *
 * <p>Once a part could not be brought to disk the file is lost, and every further call says so. Used by one thread. The other one is a
 * daemon, is there for files of 8 MiB or more, and has ended when the file is closed.
 */
public final class EagerFile extends OutputStream {

    /** Java copies what it writes into memory outside the heap, and keeps as much per thread as it ever needed at once. */
    private static final int MAX_WRITE = 64 << 10;

    private static final int FORCED_AT_ONCE = 8 << 20;

    /** What a slow disk is behind at most: beyond that the writer waits for it. */
    private static final int MAX_UNFORCED = 32 << 20;

    private final FileChannel channel;
    private long unforced;
    private @Nullable Thread forcing;
    private volatile @Nullable IOException failure;

    /**
     * Writes through a channel, which is closed with this.
     *
     * @param channel is open for writing
     */
    public EagerFile(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        rethrowFailure();
        int end = offset + length;
        for (int at = offset; at < end; at += MAX_WRITE) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, at, Math.min(MAX_WRITE, end - at));
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        unforced += length;
        if (unforced >= FORCED_AT_ONCE) {
            forceBehind();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Has all that was written until now brought to disk, unless that is still going on for what was written before. */
    private void forceBehind() throws IOException {
        if (unforced >= MAX_UNFORCED) {
            awaitForcing();
            rethrowFailure();
        }
        if (forcing == null || !forcing.isAlive()) {
            unforced = 0;
            forcing = new Thread(this::forceNow, "outrigger-disk");
            forcing.setDaemon(true);
            forcing.start();
        }
    }

    private void forceNow() {
        try {
            channel.force(false);
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * Waits until all of the file is on disk, its length included.
     *
     * @throws IOException if it may not be. The content is lost then, whatever a second call would say
     */
    public void force() throws IOException {
        awaitForcing();
        rethrowFailure();
        channel.force(true);
    }

    /** Also when interrupted, which the channel tells of at its next use: the thread is not to outlive the file. */
    private void awaitForcing() {
        boolean interrupted = false;
        while (forcing != null && forcing.isAlive()) {
            try {
                forcing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        forcing = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrowFailure() throws IOException {
        IOException first = failure;
        if (first != null) {
            throw new IOException("a part of the file could not be brought to disk: " + first.getMessage(), first);
        }
    }

    /**
     * Closes the file. What was written since is not on disk for that.
     *
     * @throws IOException if a part that was written before could not be brought to disk
     */
    @Override
    public void close() throws IOException {
        awaitForcing();
        channel.close();
        rethrowFailure();
    }
}
