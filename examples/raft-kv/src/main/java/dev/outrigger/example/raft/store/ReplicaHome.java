package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of one replica.
 *
 * <pre>
 *   CURRENT        the name of the database's directory, the only thing that says which one it is
 *   db-7           the database
 *   snapshots/     of the last indices a snapshot was taken at
 *   staging/r-17   a database that waits for the restore of that id
 *   incoming/      the state of another replica, on its way here
 *   outgoing/      the state of this one, on its way to another
 *   tmp/           what was begun
 * </pre>
 */
public final class ReplicaHome {

    private static final String DATABASE = "db-";

    private final Path root;

    public ReplicaHome(Path root) {
        this.root = requireNonNull(root, "root");
    }

    /** Returns where snapshots lie. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** Returns a place for what is not complete yet, on the same file system. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    /** Returns where the state of another replica arrives. */
    public Path incoming() {
        return root.resolve("incoming");
    }

    /** Returns where checkpoints lie that other replicas fetch. */
    public Path outgoing() {
        return root.resolve("outgoing");
    }

    /** Returns where a database is put for a restore. */
    public Path staging(RestoreId restore) {
        return root.resolve("staging").resolve(restore.value());
    }

    /** Returns the restores for which something is staged. What bears no name of theirs is nobody's concern. */
    public Set<RestoreId> staged() throws IOException {
        Set<RestoreId> staged = new HashSet<>();
        for (Path place : Directories.list(root.resolve("staging"))) {
            restore(String.valueOf(place.getFileName())).ifPresent(staged::add);
        }
        return staged;
    }

    private static Optional<RestoreId> restore(String name) {
        try {
            return Optional.of(new RestoreId(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Removes everything. */
    public void delete() throws IOException {
        Directories.delete(root);
    }

    /** Makes what is missing, removes what is left of what was not finished, and returns the database's directory. */
    Path prepare() throws IOException {
        Files.createDirectories(root.resolve("staging"));
        Path current = current();
        for (Path entry : Directories.list(root)) {
            String name = String.valueOf(entry.getFileName());
            boolean kept = entry.equals(current)
                    || name.equals("CURRENT")
                    || name.equals("snapshots")
                    || name.equals("staging");
            if (!kept) {
                Directories.delete(entry);
            }
        }
        Files.createDirectories(snapshots());
        Files.createDirectories(temporary());
        return current;
    }

    /** Returns a name for a database that is to follow. */
    Path next(Path current) {
        long number = Long.parseLong(String.valueOf(current.getFileName()).substring(DATABASE.length()));
        return root.resolve(DATABASE + (number + 1));
    }

    /** Makes another database the one that is opened from now on, in one step that a power cut does not undo. */
    void point(Path database) throws IOException {
        Path pointer = root.resolve("CURRENT.new");
        Files.writeString(pointer, database.getFileName() + "\n", US_ASCII);
        Directories.force(pointer);
        Files.move(pointer, root.resolve("CURRENT"), ATOMIC_MOVE);
        Directories.force(root);
    }

    private Path current() throws IOException {
        Path pointer = root.resolve("CURRENT");
        if (Files.notExists(pointer)) {
            Path first = root.resolve(DATABASE + 0);
            point(first);
            return first;
        }
        return root.resolve(Files.readString(pointer, US_ASCII).strip());
    }
}
