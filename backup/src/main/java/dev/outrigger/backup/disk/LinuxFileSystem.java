package dev.outrigger.backup.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file system of Linux, brought to disk by {@code syncfs(2)}. From version 5.8 on that tells of everything that could not be written since
 * the descriptor was opened, as {@code fsync(2)} does for one file; and it is relied on for file systems that are known to pass that on,
 * which not all do that lie on top of others.
 */
final class LinuxFileSystem implements FileSystemSync {

    private static final Set<String> TYPES = Set.of("btrfs", "ext4", "xfs");
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\D.*");

    private final int descriptor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LinuxFileSystem(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens the file system of a directory, before anything is written there that is to be brought to disk.
     *
     * @return nothing where it cannot be relied on, or JNA is not among the host's libraries
     */
    static Optional<FileSystemSync> of(Path directory) {
        try {
            return isReliable(directory) ? Optional.of(open(directory)) : Optional.empty();
        } catch (IOException | RuntimeException | Error e) {
            return Optional.empty(); // Whatever is wrong, each file can be forced, and that says so if it is the disk.
        }
    }

    private static boolean isReliable(Path directory) throws IOException {
        return System.getProperty("os.name").equals("Linux")
                && tellsOfFailures(System.getProperty("os.version"))
                && directory.getFileSystem().equals(FileSystems.getDefault())
                && TYPES.contains(Files.getFileStore(directory).type());
    }

    static boolean tellsOfFailures(String kernel) {
        Matcher version = VERSION.matcher(kernel);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 5 || (major == 5 && Integer.parseInt(version.group(2)) >= 8);
    }

    private static LinuxFileSystem open(Path directory) throws IOException {
        int descriptor = LibC.open(directory.toString(), LibC.O_RDONLY | LibC.O_CLOEXEC);
        if (descriptor < 0) {
            throw failure("open");
        }
        return new LinuxFileSystem(descriptor);
    }

    @Override
    public void sync() throws IOException {
        if (LibC.syncfs(descriptor) < 0) {
            throw failure("syncfs");
        }
    }

    private static IOException failure(String call) {
        return new IOException(call + ": error " + LibC.lastError());
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LibC.close(descriptor);
        }
    }
}
