package dev.outrigger.secrets;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.outrigger.file.DurableFile;
import dev.outrigger.secrets.SecretStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The file of a keystore: read whole, replaced whole, by one process at a time.
 *
 * <p>Replacing writes beside it ({@code .NAME.tmp}), forces that to the disk, renames it over the file and forces the directory:
 * whatever happens, there is the old content or the new. Writers of all processes take turns by a lock on a file of its
 * own ({@code .NAME.lock}), since the keystore itself is another file after each change.
 */
final class KeystoreFile {

    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(20);

    private final Path path;

    KeystoreFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /**
     * Reads all of it.
     *
     * @throws SecretStoreException with {@link Reason#UNREADABLE}
     */
    byte[] read() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SecretStoreException(Reason.UNREADABLE, path, "larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new SecretStoreException(Reason.UNREADABLE, path, "cannot be read (" + kind(e) + ")");
        }
    }

    /**
     * Does something while no other process, and no other keystore of this one, changes the file.
     *
     * @throws SecretStoreException with {@link Reason#BUSY} if others do not finish in 3 s, or {@link Reason#NOT_WRITTEN} if
     *     the directory does not allow for a lock
     */
    <T> T exclusively(Work<T> work) {
        Path lockFile = sibling(".lock");
        try (FileChannel channel = FileChannel.open(lockFile, Set.of(CREATE, WRITE), ownersOnly(lockFile))) {
            try (FileLock lock = lock(channel)) {
                assert lock.isValid();
                return work.run();
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** What is done under the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run();
    }

    private FileLock lock(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
        do {
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isPresent()) {
                return lock.get();
            }
            LockSupport.parkNanos(LOCK_PAUSE.toNanos());
        } while (System.nanoTime() - deadline < 0);
        throw new SecretStoreException(Reason.BUSY, path, "somebody else is writing");
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // Another keystore in this process, which the platform does not queue.
        }
    }

    /**
     * Replaces the content. To be called under the lock.
     *
     * @throws SecretStoreException with {@link Reason#NOT_WRITTEN}
     */
    void replace(byte[] bytes) {
        Path target = target();
        try {
            DurableFile.write(target, bytes);
            DurableFile.forceDirectory(target.resolveSibling("."));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    /** The file itself where the path is a link, so that the link stays and temporary and file share a directory. */
    private Path target() {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // Not there yet.
        }
    }

    private Path sibling(String suffix) {
        Path target = target();
        return target.resolveSibling("." + target.getFileName() + suffix);
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private SecretStoreException notWritten(IOException e) {
        return new SecretStoreException(Reason.NOT_WRITTEN, path, "cannot be written (" + kind(e) + ")");
    }

    private static String kind(IOException e) {
        return e.getClass().getSimpleName();
    }
}
