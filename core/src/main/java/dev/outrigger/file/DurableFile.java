package dev.outrigger.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces small files whole, so that whenever the process or the machine dies there is the old content or the new. Files and
 * directories are made their owner's alone, where the file system knows owners.
 *
 * <p>One writer at a time for a file is the caller's concern.
 */
public final class DurableFile {

    private DurableFile() {}

    /** Makes a directory, and those above it, where there is none. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, ownersOnly(directory, "rwx------"));
    }

    /**
     * Puts content in place of what a file holds: written beside it as {@code .NAME.tmp}, forced, renamed over it. The name is certain
     * to be the new content's after a {@link #forceDirectory} of its directory only.
     *
     * @throws IOException if that failed, and the file is as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary); // Left behind by a process that ended in here.
        try {
            try (FileChannel out =
                    FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), ownersOnly(temporary, "rw-------"))) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(temporary, e); // On a full disk it would take the room that is missing.
            throw e;
        }
    }

    private static void deleteQuietly(Path temporary, Exception reason) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /** Makes what was renamed in a directory last. Only POSIX systems can, and need to. */
    public static void forceDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path file, String permissions) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
