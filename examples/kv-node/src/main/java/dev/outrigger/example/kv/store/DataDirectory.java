package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The directory that holds everything of one node. Locked for one process until closed. Safe for use by many threads. */
public final class DataDirectory implements AutoCloseable {

    private static final int PROBE_BYTES = 4096;

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory where it is missing, and takes its lock.
     *
     * @throws StoreException with {@link Reason#UNUSABLE} if it cannot be created or written, or belongs to a running node
     */
    public static DataDirectory open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            keepOutOfGit(root);
            return new DataDirectory(root, lock(root.resolve("LOCK")));
        } catch (IOException e) {
            throw new StoreException(Reason.UNUSABLE, "data directory " + root + ": " + reasonOf(e), e);
        }
    }

    /** Returns the directory's absolute path. */
    public Path path() {
        return root;
    }

    /** Writes a small file through to the disk and removes it: the only proof that a directory can be written. */
    public void probeWrite() throws IOException {
        Path probe = root.resolve("probe");
        try (FileChannel channel = FileChannel.open(probe, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer zeroes = ByteBuffer.allocate(PROBE_BYTES);
            while (zeroes.hasRemaining()) {
                channel.write(zeroes);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** Returns the space of the file system beneath, as it is now. */
    public DiskSpace space() throws IOException {
        FileStore disk = Files.getFileStore(root);
        return new DiskSpace(disk.getUsableSpace(), disk.getTotalSpace());
    }

    Path database() {
        return root.resolve("rocksdb");
    }

    /** Returns a fresh place for a snapshot, on the file system of the database. */
    Path newSnapshot() throws IOException {
        return Files.createTempDirectory(FileTree.create(snapshots()), "snapshot-");
    }

    /** Removes the snapshots that a process which did not end in order has left. */
    void removeSnapshots() throws IOException {
        FileTree.delete(snapshots());
    }

    /** Returns where tables are staged that are being restored. Not created. */
    Path staging() {
        return root.resolve("restore");
    }

    private Path snapshots() {
        return root.resolve("snapshots");
    }

    Path nativeLibraries() {
        return root.resolve("native");
    }

    /** Gives the lock back. The lock file stays: removing it would race with the next owner. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, "data directory " + root + ": cannot be unlocked", e);
        }
    }

    /** The default directory lies in the checkout that the quick start runs in, so it tells git to look away by itself. */
    private static void keepOutOfGit(Path root) throws IOException {
        Path ignore = root.resolve(".gitignore");
        if (Files.notExists(ignore)) {
            Files.writeString(ignore, "*\n", US_ASCII);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new FileSystemException(file.toString(), null, "in use by another node in this process");
        }
        channel.close();
        throw new FileSystemException(file.toString(), null, "in use by another process");
    }

    private static String reasonOf(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is not a directory";
        }
        if (e instanceof NoSuchFileException) {
            return "cannot be created";
        }
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.toString();
    }
}
