package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.RocksDBException;

/**
 * The tables of a store, as the sidecar backs them up and brings them back. Clients are served all the while: their writes wait about a
 * millisecond for a snapshot, and for one synced write where a table is put in place.
 *
 * <p>A table exists from the first start on; it still does when it is {@linkplain StoreTables#clear emptied}, and not any more when it is
 * {@linkplain StoreTables#drop dropped}. Under its own name a table is put where keys are routed to. Under another name it is
 * {@linkplain TableView.State#ATTACHED attached}. The shards must be exactly those of a routed table in either case: of that name, or of
 * any for a table that no key is routed to.
 *
 * <p>While the store is being opened, and when it is closed, whatever needs it throws {@link StoreException}; what is staged can be looked
 * at and removed at any time. Safe for use by many threads.
 */
public final class StoreBackups implements BackupSource, RestoreTarget {

    private final Store store;
    private final StagingArea staging;

    public StoreBackups(Store store) {
        this.store = requireNonNull(store, "store");
        this.staging = new StagingArea(store.directory().staging());
    }

    @Override
    public List<TableName> tables() {
        store.requireOpen();
        return store.tables().now().all().stream()
                .filter(table -> table.entry().exists())
                .map(Table::name)
                .toList();
    }

    @Override
    public Optional<TableSnapshot> snapshot(TableName table) throws RocksDBException, IOException {
        store.requireOpen();
        return new SnapshotTaker(store.directory(), store.engine(), store.tables()).take(table);
    }

    @Override
    public boolean exists(TableName table) {
        store.requireOpen();
        return store.tables().now().exists(table);
    }

    /** Files are linked into the database, so what is staged is all the space that a restore takes. */
    @Override
    public long usableBytes() throws IOException {
        return store.directory().space().usableBytes();
    }

    @Override
    public Path stage(RestoreId restore, TableName table, int shard) throws IOException {
        return staging.shard(restore, table, shard);
    }

    /**
     * Puts a table in place, as the interface says.
     *
     * @throws StoreException if the shards are not exactly those of a table here, or one of them is damaged
     */
    @Override
    public void commit(StagedTable staged) throws TableExistsException, RocksDBException, IOException {
        store.requireOpen();
        if (isInPlace(staged.restore(), staged.table())) {
            return;
        }
        if (!staged.replaces() && exists(staged.table())) {
            throw new TableExistsException(staged.table());
        }
        store.engine().changes().put(prepare(staged), staged.replaces());
    }

    /** Takes the shards into the database, where nobody is led to them yet. */
    Table prepare(StagedTable staged) throws RocksDBException, IOException {
        Engine engine = store.engine();
        return new TableImport(engine.database(), store.directory().database(), staging)
                .run(staged, engine.changes().nextGeneration());
    }

    @Override
    public boolean isInPlace(RestoreId restore, TableName table) {
        store.requireOpen();
        return store.tables()
                .now()
                .find(table)
                .flatMap(found -> found.entry().restore())
                .equals(Optional.of(restore));
    }

    @Override
    public void drop(RestoreId restore, TableName table) throws RocksDBException, IOException {
        store.requireOpen();
        store.engine().changes().dropReplaced(table);
        staging.remove(restore, table);
    }

    @Override
    public void abort(RestoreId restore, TableName table) throws IOException {
        staging.remove(restore, table);
    }

    @Override
    public Set<Staging> staged() throws IOException {
        return staging.list();
    }
}
