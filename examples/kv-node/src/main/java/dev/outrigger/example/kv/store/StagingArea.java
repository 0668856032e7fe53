package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget.Staging;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of the data directory where tables lie that are being brought back: {@code RESTORE/TABLE/shard-N}, the table
 * percent-encoded. On the file system of the database, so that files are linked into it.
 */
final class StagingArea {

    private final Path root;

    StagingArea(Path root) {
        this.root = root;
    }

    /** Returns the directory of one shard, created where it is missing. */
    Path shard(RestoreId restore, TableName table, int shard) throws IOException {
        return FileTree.create(table(restore, table).resolve("shard-" + shard));
    }

    /** Returns where files of one shard may lie on their way into the database. Nothing is there, but its parent is. */
    Path passage(RestoreId restore, TableName table, int shard) throws IOException {
        Path passage = FileTree.create(table(restore, table)).resolve("import-" + shard);
        FileTree.delete(passage); // of an attempt that was cut short
        return passage;
    }

    /** Removes all that is staged of a table. */
    void remove(RestoreId restore, TableName table) throws IOException {
        FileTree.delete(table(restore, table));
        try {
            Files.deleteIfExists(root.resolve(restore.value()));
        } catch (DirectoryNotEmptyException e) {
            return; // another table of that restore is there still
        }
    }

    /** Lists what is staged. What bears no name of ours is nobody's concern. */
    Set<Staging> list() throws IOException {
        Set<Staging> staged = new HashSet<>();
        for (Path restore : childrenOf(root)) {
            for (Path table : childrenOf(restore)) {
                staging(restore.getFileName().toString(), table.getFileName().toString())
                        .ifPresent(staged::add);
            }
        }
        return staged;
    }

    /** A plus sign is never there unencoded, so that it cannot be taken for a space. */
    private static Optional<Staging> staging(String restore, String table) {
        try {
            TableName name = new TableName(URLDecoder.decode(table, UTF_8));
            return Optional.of(new Staging(new RestoreId(restore), name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Path table(RestoreId restore, TableName table) {
        return root.resolve(restore.value()).resolve(table.encoded());
    }

    private static List<Path> childrenOf(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
