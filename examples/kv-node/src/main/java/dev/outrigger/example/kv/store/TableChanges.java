package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Replaces whole tables: the new one's column families are made first, and nobody is led there; then, with the writers of the shards kept
 * out, one synced write of the {@linkplain Catalog catalog} makes it the table; then the column families of the old one are dropped. At
 * whatever point the process ends, the catalog leads to the one or the other.
 *
 * <p>Safe for use by many threads: one change at a time.
 */
final class TableChanges {

    private final Database database;
    private final Writer writer;
    private final WriteLocks locks;
    private final Tables tables;
    private final Runnable changed;
    private final Map<TableName, List<String>> replaced = new HashMap<>(); // guarded by this
    private long generation; // guarded by this

    /**
     * @param tables what is in service; published here only, once the store is open
     * @param changed is run after each change
     */
    TableChanges(Database database, Writer writer, WriteLocks locks, Tables tables, Runnable changed) {
        this.database = database;
        this.writer = writer;
        this.locks = locks;
        this.tables = tables;
        this.changed = changed;
    }

    /** Returns a generation that no column family has. */
    synchronized long nextGeneration() {
        generation = Math.max(generation, tables.now().catalog().generation()) + 1;
        return generation;
    }

    /**
     * Makes a table the one of its name. What it replaces stays until {@link #dropReplaced}. If it is not done, its column families are
     * dropped; if nobody knows whether it was, since the write failed half-way, they stay until the next start does.
     *
     * @param replaces whether there may be one
     * @throws TableExistsException if there is one that may not be replaced
     */
    synchronized void put(Table table, boolean replaces) throws TableExistsException, RocksDBException {
        Optional<Table> old = tables.now().find(table.name());
        if (!replaces && tables.now().exists(table.name())) {
            database.drop(table.entry().families());
            throw new TableExistsException(table.name());
        }
        List<TableEntry> involved = new ArrayList<>(List.of(table.entry()));
        old.ifPresent(found -> involved.add(found.entry()));
        swap(involved, (now, batch) -> now.with(List.of(table)), table.entry().families());
        old.ifPresent(found -> replaced.merge(table.name(), found.entry().families(), TableChanges::both));
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Drops what has been replaced of a table. */
    synchronized void dropReplaced(TableName name) throws RocksDBException {
        database.drop(replaced.getOrDefault(name, List.of()));
        replaced.remove(name);
    }

    /**
     * Drops a table. One that keys are routed to stays known, since a restore may have put it in place.
     *
     * @return whether it existed
     */
    synchronized boolean drop(TableName name) throws RocksDBException {
        if (!tables.now().exists(name)) {
            return false;
        }
        TableEntry entry = tables.now().require(name).entry();
        Table dropped = new Table(entry.dropped(), List.of());
        swap(
                List.of(entry),
                (now, batch) -> RoutedTable.isRouted(name) ? now.with(List.of(dropped)) : now.without(name),
                List.of());
        database.drop(entry.families());
        return true;
    }

    /** Empties all tables that keys are routed to, in one step; those that were dropped are there again, and empty. */
    synchronized void clear() throws RocksDBException {
        long next = nextGeneration();
        List<TableEntry> old = RoutedTable.ALL.stream().map(this::entryOf).toList();
        List<TableEntry> empty = old.stream()
                .map(entry -> TableEntry.of(entry.name(), entry.slots(), next, entry.restore()))
                .toList();
        create(families(empty));
        swap(empty, (now, batch) -> now.with(emptied(empty, now, batch)), families(empty));
        database.drop(families(old));
    }

    private TableEntry entryOf(RoutedTable routed) {
        return tables.now()
                .find(routed.name())
                .map(Table::entry)
                .orElseThrow(() -> new StoreException(Reason.LOADING, "the store is being opened"));
    }

    private void create(List<String> families) throws RocksDBException {
        try {
            for (String family : families) {
                database.family(family);
            }
        } catch (RocksDBException | RuntimeException e) {
            database.drop(families);
            throw e;
        }
    }

    private List<Table> emptied(List<TableEntry> entries, TableSet now, WriteBatch batch) throws RocksDBException {
        List<Table> emptied = new ArrayList<>();
        for (TableEntry entry : entries) {
            emptied.add(emptied(entry, now, batch));
        }
        return emptied;
    }

    /** To be emptied is a write like any other to a shard, so its commit index goes on rising. */
    private Table emptied(TableEntry entry, TableSet now, WriteBatch batch) throws RocksDBException {
        List<SlotRange> ranges = entry.slots().shards();
        List<Shard> before = now.find(entry.name()).map(Table::shards).orElse(List.of());
        List<Shard> shards = new ArrayList<>();
        for (int place = 0; place < ranges.size(); place++) {
            ColumnFamilyHandle family = database.family(entry.families().get(place));
            long index = before.isEmpty() ? 0 : before.get(place).commitIndex();
            Shard shard = new Shard(ranges.get(place), family, index);
            batch.put(family, StoredKey.COMMIT_INDEX, shard.nextCommitIndex());
            shard.committed();
            shards.add(shard);
        }
        return new Table(entry, shards);
    }

    /**
     * Goes from one set of tables to the next.
     *
     * @param involved the entries whose shards are to be kept still
     * @param created column families that nobody needs if this fails
     */
    private void swap(List<TableEntry> involved, Change change, List<String> created) throws RocksDBException {
        try {
            swap(involved, change);
        } catch (StoreException e) {
            if (e.reason() != Reason.FAILED) { // else the catalog may name them; the next start will know
                database.drop(created);
            }
            throw e;
        } catch (RocksDBException | IllegalStateException e) {
            database.drop(created);
            throw e;
        }
        changed.run();
    }

    private void swap(List<TableEntry> involved, Change change) throws RocksDBException {
        SortedSet<Integer> places = new TreeSet<>();
        involved.forEach(entry -> places.addAll(WriteLocks.placesIn(entry.slots())));
        locks.lock(places);
        try (WriteBatch batch = new WriteBatch()) {
            TableSet next = change.apply(tables.now(), batch);
            batch.put(Catalog.KEY, next.catalog().encode());
            writer.writeSynced(batch);
            tables.publish(next);
        } finally {
            locks.unlock(places);
        }
    }

    private static List<String> families(List<TableEntry> entries) {
        return entries.stream().flatMap(entry -> entry.families().stream()).toList();
    }

    /** What a swap does: makes the next set of the present one, and adds to the batch what is to be written with it. */
    @FunctionalInterface
    private interface Change {

        TableSet apply(TableSet now, WriteBatch batch) throws RocksDBException;
    }
}
