package dev.outrigger.backup.location;

import dev.outrigger.backup.disk.EagerFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object before it has its name: {@code .NAME.0123456789abcdef.part} in the same directory, which a crash leaves and
 * {@link ObjectStore#removeUnfinished} knows again. Used by one thread.
 */
final class TemporaryFile implements Closeable {

    private static final Pattern NAME = Pattern.compile("\\.(.+)\\.[0-9a-f]{16}\\.part");

    private final Path directory;
    private final Path path;
    private final EagerFile file;

    private TemporaryFile(Path directory, Path path, EagerFile file) {
        this.directory = directory;
        this.path = path;
        this.file = file;
    }

    /** Creates the file, for its owner only. */
    static TemporaryFile create(Path directory, ObjectName name) throws IOException {
        long random = ThreadLocalRandom.current().nextLong();
        Path path = directory.resolve(".%s.%016x.part".formatted(name, random));
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new TemporaryFile(directory, path, new EagerFile(channel));
    }

    /** Returns the object that a file name says was being written, if it is one of ours. */
    static Optional<String> objectOf(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        file.write(bytes, offset, length);
    }

    /** Makes the content durable. Once this has failed the content is lost, whatever a second call would say. */
    void force() throws IOException {
        file.force();
        file.close();
    }

    /**
     * Gives the file its name, unless that is taken, and takes the temporary one away.
     *
     * @return false if the name is taken
     * @throws UnconditionalStoreException if the file system has no hard links; a rename would replace what is there
     */
    boolean linkAs(Path target) throws IOException {
        try {
            Files.createLink(target, path);
        } catch (FileAlreadyExistsException e) {
            if (!isAlso(target)) {
                return false;
            }
        } catch (NoSuchFileException e) {
            if (Files.exists(target)) {
                return false; // Whoever has the name has taken this one for something left over.
            }
            throw e;
        } catch (UnsupportedOperationException e) {
            throw withoutHardLinks();
        } catch (FileSystemException e) {
            throw DiskErrors.isWithoutHardLinks(e) ? withoutHardLinks() : e;
        }
        settle(target);
        return true;
    }

    /** A network file system may lose the reply to its own first attempt, and then find the name taken by itself. */
    private boolean isAlso(Path target) throws IOException {
        Optional<FileFacts> ours = FileFacts.of(path);
        return ours.isPresent() && ours.equals(FileFacts.of(target));
    }

    private static UnconditionalStoreException withoutHardLinks() {
        return new UnconditionalStoreException("location: its file system has no hard links, and a rename would replace"
                + " what is there (expected: a file system with hard links)");
    }

    private void settle(Path target) throws IOException {
        try {
            Files.delete(path);
            Directories.force(directory);
        } catch (IOException e) { // What may not survive a crash must not be taken for an object.
            try {
                Files.deleteIfExists(target);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Gives the file its name, in place of what has it. */
    void renameTo(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Directories.force(directory);
    }

    /** Removes what still has the temporary name. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
