package dev.outrigger.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exclusive right to a directory, which the system takes from a process that dies. */
public final class DirectoryLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the right, at once or not at all. The file {@code .lock} stays when it is given back: to remove it could take it from under the
     * next one.
     *
     * @param directory is there
     * @return empty if somebody has it, in this process or another
     * @throws IOException if that cannot be found out
     */
    public static Optional<DirectoryLock> tryTake(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(FILE), CREATE, WRITE);
        boolean taken = false;
        try {
            taken = isLocked(channel);
            return taken ? Optional.of(new DirectoryLock(channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Somebody else in this process.
        }
    }

    /** Gives the right back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The lock of a directory could not be released", e);
        }
    }
}
