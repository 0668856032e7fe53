package dev.outrigger.backup.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A file that counts what it is given, and is on disk when a test says so, or not at all. */
final class SlowDisk extends FileChannel {

    final AtomicLong written = new AtomicLong();
    final AtomicInteger forces = new AtomicInteger();

    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean failing;

    void release() {
        released.countDown();
    }

    /** The next call that waits for the disk fails, and none thereafter. */
    void failOnce() {
        failing = true;
        release();
    }

    @Override
    public int write(ByteBuffer bytes) {
        int length = bytes.remaining();
        bytes.position(bytes.limit());
        written.addAndGet(length);
        return length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        forces.incrementAndGet();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (failing) {
            failing = false;
            throw new IOException("No space left on device");
        }
    }

    @Override
    protected void implCloseChannel() {}

    @Override
    public int read(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes, long position) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
