package dev.outrigger.example.kv.store;

import static java.nio.file.StandardOpenOption.READ;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ExportImportFilesMetaData;
import org.rocksdb.RocksDBException;

/**
 * Takes the staged shards of a table into the database, as column families of a new generation that nobody is led to yet. Files are
 * linked, not copied, and every block is read against its checksum before.
 */
final class TableImport {

    private final Database database;
    private final Path databaseDirectory;
    private final StagingArea staging;

    TableImport(Database database, Path databaseDirectory, StagingArea staging) {
        this.database = database;
        this.databaseDirectory = databaseDirectory;
        this.staging = staging;
    }

    /**
     * Takes them in; nothing of it is left if that fails.
     *
     * @throws StoreException if the shards are not those of a table here, or a file is damaged
     */
    Table run(StagedTable staged, long generation) throws RocksDBException, IOException {
        SlotRange slots = slots(staged);
        TableEntry entry = TableEntry.of(staged.table(), slots, generation, Optional.of(staged.restore()));
        try {
            Table table = new Table(entry, List.of());
            for (int place = 0; place < staged.shards().size(); place++) {
                StagedShard shard = staged.shards().get(place);
                table = table.with(take(
                        staged,
                        shard,
                        slots.shards().get(place),
                        entry.families().get(place)));
            }
            force(databaseDirectory);
            return table;
        } catch (RocksDBException | IOException | RuntimeException e) {
            database.drop(entry.families());
            throw e;
        }
    }

    /**
     * Returns the slots that the shards have together. They must be exactly those of the routed table of that name; under any other
     * name, which no key is routed to, those of either.
     */
    private static SlotRange slots(StagedTable staged) {
        List<ShardDescription> shards =
                staged.shards().stream().map(StagedShard::description).toList();
        TableName name = staged.table();
        return RoutedTable.ALL.stream()
                .filter(table -> table.name().equals(name) || !RoutedTable.isRouted(name))
                .map(RoutedTable::slots)
                .filter(slots -> areExactly(slots.shards(), shards))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        Reason.FAILED,
                        "shards of " + name + ": "
                                + shards.stream().map(TableImport::text).toList() + " (expected: " + expectation(name)
                                + ")"));
    }

    private static boolean areExactly(List<SlotRange> ranges, List<ShardDescription> shards) {
        return ranges.stream()
                .map(TableImport::text)
                .toList()
                .equals(shards.stream().map(TableImport::text).toList());
    }

    private static String expectation(TableName name) {
        List<String> fitting = RoutedTable.ALL.stream()
                .filter(table -> table.name().equals(name) || !RoutedTable.isRouted(name))
                .map(table -> table.slots().shards().stream()
                        .map(TableImport::text)
                        .toList()
                        .toString())
                .toList();
        return String.join(" or ", fitting);
    }

    private static String text(SlotRange range) {
        return range.first() + "-" + range.last();
    }

    private static String text(ShardDescription shard) {
        return shard.range()
                .filter(range -> range.start().equals(Integer.toString(shard.id())))
                .map(range -> range.start() + "-" + range.end())
                .orElseGet(() -> "shard " + shard.id() + " of unknown slots");
    }

    private Shard take(StagedTable staged, StagedShard shard, SlotRange range, String family)
            throws RocksDBException, IOException {
        try {
            ColumnFamilyHandle taken = take(staged, shard, family);
            Shard verified = database.use(rocks -> new ShardVerifier(rocks).verify(range, taken));
            requireIndex(shard.description(), verified);
            return verified;
        } catch (RocksDBException | IllegalStateException e) {
            throw new StoreException(
                    Reason.FAILED,
                    "shard " + range.first() + " of " + staged.table() + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    private ColumnFamilyHandle take(StagedTable staged, StagedShard shard, String family)
            throws RocksDBException, IOException {
        forceAll(shard.directory());
        Path passage = staging.passage(
                staged.restore(), staged.table(), shard.description().id());
        try (SideDatabase side = SideDatabase.open(shard.directory())) {
            side.verify();
            Optional<ExportImportFilesMetaData> files = side.export(SnapshotTaker.FAMILY, passage);
            try {
                return files.isPresent() ? database.importFamily(family, files.get()) : database.family(family);
            } finally {
                files.ifPresent(ExportImportFilesMetaData::close);
            }
        }
    }

    private static void requireIndex(ShardDescription description, Shard shard) {
        long expected = description.appliedIndex();
        if (expected != ShardDescription.UNKNOWN && expected != shard.commitIndex()) {
            throw new IllegalStateException(
                    "commit index: " + shard.commitIndex() + " (expected: " + expected + ", as the backup says)");
        }
    }

    /** RocksDB links files as they are, and the catalog must not lead to what a power cut takes away. */
    private static void forceAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                force(file);
            }
        }
    }

    private static void force(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }
}
