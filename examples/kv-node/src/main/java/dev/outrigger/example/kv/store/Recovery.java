package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of an open database into service, one shard after another: creates the column family where it is missing, and
 * {@linkplain ShardVerifier verifies} it. A shard that fails this is listed as unavailable and the others serve.
 *
 * <p>What a swap of tables that was cut short by the end of the process has left comes first: column families that the catalog does not
 * name are dropped.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final byte[] FORMAT_KEY = "format".getBytes(UTF_8);
    private static final byte[] FORMAT = "1".getBytes(UTF_8);
    private static final String DEFAULT_FAMILY = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);
    private static final String GENERATION = "-g[1-9][0-9]*$";

    private final Database database;

    Recovery(Database database) {
        this.database = database;
    }

    /** Returns how many steps there are, the opening of the database itself included. */
    static int steps() {
        return SlotRange.OPEN + 1;
    }

    /**
     * Hands out each table as often as one more of its shards is ready; a dropped one once, without any.
     *
     * <p>Shards of tables that no key is routed to are no steps: the node serves without them.
     */
    void run(RecoveryListener listener, Consumer<Table> recovered) throws RocksDBException {
        checkFormat();
        Catalog catalog = Catalog.read(database.rocks());
        checkFamilies(catalog);
        int done = 1;
        for (RoutedTable routed : RoutedTable.ALL) {
            TableEntry entry = catalog.find(routed.name())
                    .orElseGet(() -> TableEntry.original(routed).dropped());
            recover(entry, step(done, listener), recovered);
            done += routed.slots().shards().size();
        }
        for (TableEntry entry : catalog.entries()) {
            if (!RoutedTable.isRouted(entry.name())) {
                recover(entry, (place, family) -> {}, recovered);
            }
        }
        listener.progress(done, steps(), "recovered");
    }

    private static Step step(int done, RecoveryListener listener) {
        return (place, family) -> listener.progress(done + place, steps(), "verifying " + family);
    }

    private void checkFormat() throws RocksDBException {
        byte[] found = database.rocks().get(FORMAT_KEY);
        if (found == null) {
            database.rocks().put(FORMAT_KEY, FORMAT);
        } else if (!Arrays.equals(found, FORMAT)) {
            throw new StoreException(
                    Reason.UNUSABLE, "the data is of format " + new String(found, UTF_8) + " (expected: 1)");
        }
    }

    private void checkFamilies(Catalog catalog) throws RocksDBException {
        Set<String> unnamed = new TreeSet<>(database.familyNames());
        unnamed.remove(DEFAULT_FAMILY);
        unnamed.removeAll(catalog.families());
        List<String> unknown = unnamed.stream().filter(name -> !isOurs(name)).toList();
        if (!unknown.isEmpty()) {
            throw new StoreException(Reason.UNUSABLE, "the data has column families of another version: " + unknown);
        }
        if (!unnamed.isEmpty()) {
            LOG.info("Dropping what an unfinished swap of tables has left: {}", unnamed);
            database.drop(unnamed);
        }
    }

    private static boolean isOurs(String family) {
        String original = family.replaceFirst(GENERATION, "");
        return SlotRange.ofSingleNode().stream()
                .anyMatch(range -> range.columnFamily(0).equals(original));
    }

    private void recover(TableEntry entry, Step step, Consumer<Table> recovered) throws RocksDBException {
        Table table = new Table(entry, List.of());
        if (!entry.exists()) {
            recovered.accept(table);
            return;
        }
        List<SlotRange> ranges = entry.slots().shards();
        for (int place = 0; place < ranges.size(); place++) {
            String family = entry.families().get(place);
            step.begins(place, family);
            table = table.with(recover(entry, ranges.get(place), family));
            recovered.accept(table);
        }
    }

    private Shard recover(TableEntry entry, SlotRange range, String name) throws RocksDBException {
        ColumnFamilyHandle family = family(entry, name);
        try {
            return new ShardVerifier(database.rocks()).verify(range, family);
        } catch (RocksDBException | IllegalStateException e) {
            LOG.error("Shard {} of {} is unavailable: it could not be verified", range.first(), entry.name(), e);
            Shard shard = new Shard(range, family, 0);
            shard.worsen(ShardHealth.UNAVAILABLE);
            return shard;
        }
    }

    /** Only what has never been replaced can be missing, when it has never been there; anything else would be lost data. */
    private ColumnFamilyHandle family(TableEntry entry, String name) throws RocksDBException {
        if (!database.familyNames().contains(name) && entry.generation() > 0) {
            throw new StoreException(Reason.UNUSABLE, "column family " + name + " of " + entry.name() + " is missing");
        }
        return database.family(name);
    }

    /** Is told that a shard comes now. */
    @FunctionalInterface
    private interface Step {

        void begins(int place, String family);
    }
}
