package dev.outrigger.backup.restore;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exclusive right to a directory of plans, which the system takes from a process that dies. */
final class PlanLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlanLock.class);

    private final FileChannel channel;

    private PlanLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the right, or fails at once.
     *
     * @param file stays when the lock is gone: to remove it could take it from under the next one
     */
    static PlanLock take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
            if (lock(channel) == null) {
                throw new IOException("plan store " + file.getParent() + ": taken (expected: no other process has it)");
            }
            return new PlanLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Another store of this process.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The lock of a plan store could not be released", e);
        }
    }
}
