package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.rocksdb.ExportImportFilesMetaData;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots of tables: a {@linkplain DatabaseCut cut} while the writers of the table's shards are kept out, then, with everybody at
 * work again, a small database for each shard, made of links. No data is copied but the end of the log.
 *
 * <p>Every block is verified before a snapshot is handed out: a backup of damaged files would be found out when it is needed.
 */
final class SnapshotTaker {

    /** The column family of a shard in the database that its archive holds. */
    static final String FAMILY = "shard";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);

    private final DataDirectory directory;
    private final Engine engine;
    private final Tables tables;

    SnapshotTaker(DataDirectory directory, Engine engine, Tables tables) {
        this.directory = directory;
        this.engine = engine;
        this.tables = tables;
    }

    /** Takes one; empty if there is no such table. */
    Optional<TableSnapshot> take(TableName name) throws RocksDBException, IOException {
        if (!tables.now().exists(name)) {
            return Optional.empty();
        }
        Path place = directory.newSnapshot();
        try {
            return Optional.of(take(name, place));
        } catch (RocksDBException | IOException | RuntimeException e) {
            FileTree.delete(place);
            throw e;
        }
    }

    private TableSnapshot take(TableName name, Path place) throws RocksDBException, IOException {
        engine.database().flush(); // so that little is left in the log
        Path whole = FileTree.create(place.resolve("whole"));
        List<ShardDescription> shards = new ArrayList<>();
        Moment moment = cut(name, whole);
        try (SideDatabase side = SideDatabase.open(whole)) {
            for (Part part : moment.parts) {
                extract(side, part, place);
                shards.add(part.description());
            }
        }
        FileTree.delete(whole);
        return new StoredSnapshot(place, moment.slots, shards);
    }

    private Moment cut(TableName name, Path whole) throws RocksDBException, IOException {
        engine.database().use(rocks -> {
            rocks.disableFileDeletions();
            return true;
        });
        try {
            Moment moment = moment(name);
            moment.cut.copyInto(whole);
            return moment;
        } finally {
            engine.database().use(rocks -> {
                rocks.enableFileDeletions();
                return true;
            });
        }
    }

    /** Swaps of this table are kept out as well as its writers, since they take the same locks. */
    private Moment moment(TableName name) throws RocksDBException {
        SlotRange slots = tables.now().require(name).entry().slots();
        SortedSet<Integer> places = WriteLocks.placesIn(slots);
        engine.locks().lock(places);
        long began = System.nanoTime();
        try {
            Table table = tables.now().require(name);
            if (!table.entry().slots().equals(slots)) {
                throw new StoreException(Reason.FAILED, "table " + name + " was replaced meanwhile");
            }
            List<Part> parts = parts(table);
            return engine.database()
                    .use(rocks -> new Moment(slots, parts, DatabaseCut.now(rocks, directory.database())));
        } finally {
            engine.locks().unlock(places);
            LOG.info(
                    "Writers of {} were kept out for {} µs to take a snapshot",
                    name,
                    Duration.ofNanos(System.nanoTime() - began).toNanos() / 1000);
        }
    }

    private static List<Part> parts(Table table) {
        List<Part> parts = new ArrayList<>();
        for (int place = 0; place < table.shards().size(); place++) {
            Shard shard = table.shards().get(place);
            if (!shard.isAvailable()) {
                throw new StoreException(
                        Reason.SHARD_UNAVAILABLE,
                        "shard " + shard.range().first() + " of table " + table.name() + " is unavailable");
            }
            parts.add(new Part(shard.range(), table.entry().families().get(place), shard.commitIndex()));
        }
        return parts;
    }

    private static void extract(SideDatabase side, Part part, Path place) throws RocksDBException {
        Path exported = place.resolve("export-" + part.range.first());
        Optional<ExportImportFilesMetaData> files = side.export(part.family, exported);
        try (SideDatabase shard = SideDatabase.create(StoredSnapshot.directory(place, part.range.first()))) {
            shard.add(FAMILY, files);
            shard.verify();
        } catch (RocksDBException e) {
            throw new StoreException(
                    Reason.FAILED, "shard " + part.range.first() + " is damaged: " + e.getMessage(), e);
        } finally {
            files.ifPresent(ExportImportFilesMetaData::close);
        }
    }

    /** A table when its writers were kept out. */
    private record Moment(SlotRange slots, List<Part> parts, DatabaseCut cut) {}

    /** One shard at that moment. */
    private record Part(SlotRange range, String family, long commitIndex) {

        ShardDescription description() {
            ShardDescription.Range slots =
                    new ShardDescription.Range(Integer.toString(range.first()), Integer.toString(range.last()));
            return new ShardDescription(range.first(), Optional.of(slots), commitIndex, ShardDescription.UNKNOWN);
        }
    }
}
