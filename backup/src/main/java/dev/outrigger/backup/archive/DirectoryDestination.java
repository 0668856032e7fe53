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
 * <p>Not thread-safe.
 */
final class DirectoryDestination extends ArchiveDestination {

    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<OpenOption> CREATE = Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS);

    private final Path root;

    // By name: a path takes several times the memory, and there are many.
    private final List<String> files = new ArrayList<>();
    private final Set<String> directories = new HashSet<>();

    DirectoryDestination(Path root) {
        this.root = requireNonNull(root, "root");
    }

    @Override
    OutputStream create(EntryName name) throws IOException {
        requireDirectory(root);
        Path file = resolve(name.value());
        for (String parent : name.parents()) {
            enter(parent);
        }
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

    /** Creates a directory where there is none yet. */
    private void enter(String name) throws IOException {
        if (directories.contains(name)) {
            return;
        }
        Path directory = resolve(name);
        if (Files.notExists(directory, NOFOLLOW_LINKS)) {
            Files.createDirectory(directory, DIRECTORY);
        }
        requireDirectory(directory);
        directories.add(name);
    }

    private static void requireDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(directory.toString());
        }
    }

    @Override
    void sync() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(files);
        all.addAll(directories);
        all.add(""); // The root itself.
        DiskSync.force(root, all);
    }
}
