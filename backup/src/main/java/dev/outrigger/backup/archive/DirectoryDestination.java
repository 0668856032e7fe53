package dev.outrigger.backup.archive;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.disk.DiskSync;
import dev.outrigger.backup.disk.EagerFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts files below a directory that nobody else may enter, so that nothing changes there between two steps.
 *
 * <p>The files of a directory are brought to disk as soon as the archive goes on to another: since names are in order, that one is done
 * with then, and is not written once more for each of its files. Not thread-safe.
 */
final class DirectoryDestination extends ArchiveDestination {

    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<OpenOption> CREATE = Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS);

    /** The name of the root itself. */
    private static final String ROOT = "";

    private final Path root;
    private final DiskSync disk;

    // By name: a path takes several times the memory, and there are many.
    private final Set<String> directories = new HashSet<>();
    private final List<String> files = new ArrayList<>();
    private String filesIn = ROOT;

    DirectoryDestination(Path root) {
        this.root = requireNonNull(root, "root");
        this.disk = new DiskSync(root);
    }

    @Override
    OutputStream create(EntryName name) throws IOException {
        Path file = resolve(name.value());
        String directory = directoryOf(name.value());
        if (!directory.equals(filesIn)) {
            bringFilesToDisk();
            filesIn = directory;
        }
        enter(directory);
        OutputStream out = new EagerFile(FileChannel.open(file, CREATE, FILE));
        files.add(name.value());
        return out;
    }

    private Path resolve(String name) throws IOException {
        try {
            return root.resolve(name);
        } catch (InvalidPathException e) {
            throw new IOException("name: " + EntryName.shown(name) + " (expected: one that this file system knows)", e);
        }
    }

    private static String directoryOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /** Creates a directory and those that lead to it, where they are not there yet. */
    private void enter(String name) throws IOException {
        if (directories.contains(name)) {
            return;
        }
        Path directory = resolve(name);
        if (!name.equals(ROOT)) {
            enter(directoryOf(name));
            if (Files.notExists(directory, NOFOLLOW_LINKS)) {
                Files.createDirectory(directory, DIRECTORY);
            }
        }
        if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(directory.toString());
        }
        directories.add(name);
    }

    private void bringFilesToDisk() throws IOException {
        for (String file : files) {
            disk.add(file);
        }
        files.clear();
    }

    @Override
    void sync() throws IOException, InterruptedException {
        bringFilesToDisk();
        directories.add(ROOT); // It may have been left empty.
        for (String directory : directories) {
            disk.add(directory);
        }
        disk.await();
    }

    @Override
    void close() {
        disk.close();
    }
}
