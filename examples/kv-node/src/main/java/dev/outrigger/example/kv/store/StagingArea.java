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

    /** Returns where files of one shard may lie on their way into the database. Not created. */
    Path passage(RestoreId restore, TableName table, int shard) {
        return table(restore, table).resolve("import-" + shard);
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
                staged.add(new Staging(
                        new RestoreId(restore.getFileName().toString()),
                        decode(table.getFileName().toString())));
            }
        }
        return staged;
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

    /** A plus sign is never there unencoded, so that it cannot be taken for a space. */
    private static TableName decode(String encoded) {
        return new TableName(URLDecoder.decode(encoded, UTF_8));
    }
}
