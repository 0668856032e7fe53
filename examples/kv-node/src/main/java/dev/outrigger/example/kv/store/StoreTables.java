package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.rocksdb.RocksDBException;

/**
 * The tables of a store, by name.
 *
 * <p>Keys are routed to two of them by their slots. A table that was restored under any other name is attached: no key leads there, but
 * it can be read here, be backed up, and be dropped.
 *
 * <p>Safe for use by many threads; a call may wait for the disk.
 */
public final class StoreTables implements TableSpace {

    private static final int PAGE = 10_000;

    private final Store store;

    public StoreTables(Store store) {
        this.store = requireNonNull(store, "store");
    }

    @Override
    public List<TableView> list() {
        store.requireOpen();
        return store.tables().now().all().stream().map(StoreTables::view).toList();
    }

    private static TableView view(Table table) {
        return new TableView(table.name().value(), table.entry().slots(), state(table));
    }

    private static TableView.State state(Table table) {
        if (!table.entry().exists()) {
            return TableView.State.DROPPED;
        }
        return RoutedTable.isRouted(table.name()) ? TableView.State.SERVED : TableView.State.ATTACHED;
    }

    @Override
    public Optional<byte[]> get(TableName name, byte[] key) {
        return store.read(rocks -> {
            Table table = store.tables().now().require(name);
            HashSlot slot = HashSlot.of(key);
            if (!table.entry().slots().contains(slot.number())) {
                return Optional.empty();
            }
            Shard shard = table.shardOf(slot);
            shard.requireAvailable();
            return store.get(rocks, shard, key);
        });
    }

    /** {@inheritDoc} Begins anew when the table is swapped meanwhile. */
    @Override
    public long count(TableName name) {
        store.requireOpen();
        while (true) {
            Table counted = store.tables().now().require(name);
            OptionalLong count = count(counted);
            if (count.isPresent()) {
                return count.getAsLong();
            }
        }
    }

    private OptionalLong count(Table table) {
        long count = 0;
        ScanCursor cursor = ScanCursor.START;
        do {
            Optional<ScanPage> page = page(table, cursor);
            if (page.isEmpty()) {
                return OptionalLong.empty();
            }
            count += page.get().keys().size();
            cursor = page.get().next();
        } while (!cursor.equals(ScanCursor.START));
        return OptionalLong.of(count);
    }

    /** Returns some keys of a table; empty if it is not in place any more. */
    private Optional<ScanPage> page(Table table, ScanCursor cursor) {
        return store.read(rocks -> {
            boolean inPlace = store.tables().now().find(table.name()).equals(Optional.of(table));
            return inPlace
                    ? Optional.of(new Scanner(rocks, PAGE).from(cursor.position(), table.shards()))
                    : Optional.empty();
        });
    }

    @Override
    public boolean drop(TableName name) {
        store.requireOpen();
        try {
            return store.engine().changes().drop(name);
        } catch (RocksDBException e) {
            throw new StoreException(Reason.FAILED, "the table could not be dropped", e);
        }
    }

    /** Empties the tables that keys are routed to, in one step; one that was dropped is there again. Attached ones stay as they are. */
    @Override
    public void clear() {
        store.requireOpen();
        try {
            store.engine().changes().clear();
        } catch (RocksDBException e) {
            throw new StoreException(Reason.FAILED, "the tables could not be emptied", e);
        }
    }
}
