package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's data: {@value SlotRange#OPEN} shards in one RocksDB, divided among tables by their slots.
 *
 * <p>Safe for use by many threads. A call may wait for the disk, so none belongs on an event loop. A write that has returned
 * survives the end of the process, however it ends, and from the next {@linkplain #sync() sync} on a power cut too. A write
 * of several keys is applied whole or not at all.
 */
public final class Store implements KeySpace, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(5);

    private final DataDirectory directory;
    private final Tables tables = new Tables();
    private volatile State state = State.LOADING;
    private volatile boolean closing;
    private volatile Runnable shardsChanged = () -> {};
    private volatile Optional<Engine> engine = Optional.empty();

    /** Prepares a store over a data directory, which the caller keeps open for as long, and closes after it. */
    public Store(DataDirectory directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Opens the database, and one shard after another. Until this has returned, reads and writes throw.
     *
     * @throws StoreException if nothing can be opened; a single shard that is damaged is only reported as unavailable
     */
    public synchronized void open(RecoveryListener listener) {
        listener.progress(0, Recovery.steps(), "opening the database");
        try {
            NativeLibrary.load(directory);
            directory.removeSnapshots();
            Database database = Database.open(directory.database());
            engine = Optional.of(engine(database));
            new Recovery(database).run(listener, this::add);
            state = State.OPEN;
        } catch (RocksDBException | IOException e) {
            throw new StoreException(Reason.UNUSABLE, "the database cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return read(rocks -> get(rocks, tables.now().serving(HashSlot.of(key)), key));
    }

    @Override
    public int count(Collection<byte[]> keys) {
        return read(rocks -> {
            TableSet now = tables.now(); // one for all keys, whatever is swapped meanwhile
            int found = 0;
            for (byte[] key : keys) {
                found += get(rocks, now.serving(HashSlot.of(key)), key).isPresent() ? 1 : 0;
            }
            return found;
        });
    }

    @Override
    public boolean set(byte[] key, byte[] value, SetCondition condition) {
        requireOpen();
        HashSlot slot = HashSlot.of(key);
        byte[] stored = StoredKey.encode(slot, key);
        return writer().write(WriteLocks.placesOf(List.of(slot)), (rocks, changes) -> {
                    Shard shard = tables.now().serving(slot);
                    if (!holds(condition, rocks, shard.family(), stored)) {
                        return 0;
                    }
                    changes.put(shard, stored, value);
                    return 1;
                })
                == 1;
    }

    /** Deletes keys, all in one step; returns how many of them existed. */
    @Override
    public int delete(Collection<byte[]> keys) {
        requireOpen();
        Map<byte[], HashSlot> doomed = new TreeMap<>(Arrays::compareUnsigned);
        keys.forEach(key -> doomed.put(StoredKey.encode(HashSlot.of(key), key), HashSlot.of(key)));
        return writer().write(WriteLocks.placesOf(doomed.values()), (rocks, changes) -> {
            int deleted = 0;
            for (var entry : doomed.entrySet()) {
                Shard shard = tables.now().serving(entry.getValue());
                if (rocks.get(shard.family(), entry.getKey()) != null) {
                    changes.delete(shard, entry.getKey());
                    deleted++;
                }
            }
            return deleted;
        });
    }

    /** {@inheritDoc} Those of a table that was dropped are gone, and so it is passed over. */
    @Override
    public ScanPage scan(ScanCursor cursor, int count) {
        requireOpen();
        try {
            return engine().database()
                    .use(rocks -> new Scanner(rocks, count)
                            .from(cursor.position(), tables.now().routedShards()));
        } catch (RocksDBException e) {
            throw new StoreException(Reason.FAILED, "the scan failed", e);
        }
    }

    /** Makes every write that has returned outlive a power cut. */
    public void sync() {
        requireOpen();
        writer().sync();
    }

    /** Writes a record of the store's own through to the disk, to see that writes are taken. */
    public void probeWrite() {
        requireOpen();
        writer().probe();
    }

    /**
     * Returns the shards that keys are routed to and that have been opened so far, ascending by id; none of a table that was dropped.
     * Works in any state.
     */
    public List<ShardView> shards() {
        boolean takesWrites = engine.isPresent() && state != State.CLOSED && takesWrites();
        return tables.now().routedShards().stream()
                .map(shard -> shard.view(takesWrites))
                .toList();
    }

    /** Sets what to run when a shard has been opened or has become worse. It runs on any thread, and must not wait. */
    public void onShardsChanged(Runnable action) {
        shardsChanged = requireNonNull(action, "action");
    }

    /** Returns what tells whether RocksDB is well. */
    public Vitals vitals() {
        return inspect(gauges -> gauges.vitals(tables.now().routedShards(), writer().fault()));
    }

    /** Returns the trees of the shards that have been opened so far. */
    public List<ShardTree> trees() {
        return inspect(gauges -> {
            List<ShardTree> trees = new ArrayList<>();
            for (Shard shard : tables.now().routedShards()) {
                trees.add(gauges.tree(shard));
            }
            return trees;
        });
    }

    /** Returns what RocksDB is at. */
    public Activity activity() {
        return inspect(Gauges::activity);
    }

    /** Returns where the data lies. */
    public DataDirectory directory() {
        return directory;
    }

    /** Stops serving, waits for the calls inside to return (and for {@link #open} to stop), and closes RocksDB. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            if (state == State.OPEN) {
                syncAtLast();
            }
            state = State.CLOSED;
            engine.ifPresent(Engine::close);
        }
    }

    private void add(Table table) {
        if (closing) {
            throw new StoreException(Reason.CLOSED, "the store was closed while it was being opened");
        }
        tables.publish(tables.now().with(List.of(table)));
        shardsChanged.run();
    }

    private void syncAtLast() {
        try {
            writer().sync();
        } catch (StoreException e) {
            LOG.warn("The last writes may not outlive a power cut", e);
        }
    }

    private boolean takesWrites() {
        try {
            return writer().fault().isEmpty() && !inspect(Gauges::isWriteStopped);
        } catch (StoreException e) {
            return false;
        }
    }

    private static boolean holds(SetCondition condition, RocksDB rocks, ColumnFamilyHandle family, byte[] stored)
            throws RocksDBException {
        return switch (condition) {
            case ALWAYS -> true;
            case IF_ABSENT -> rocks.get(family, stored) == null;
            case IF_PRESENT -> rocks.get(family, stored) != null;
        };
    }

    /** Returns the tables in service. */
    Tables tables() {
        return tables;
    }

    /**
     * Lets calls through once everything is open, and not any more when it is closed.
     *
     * @throws StoreException if it is neither
     */
    void requireOpen() {
        switch (state) {
            case OPEN -> {}
            case LOADING -> throw new StoreException(Reason.LOADING, "the store is being opened");
            case CLOSED -> throw new StoreException(Reason.CLOSED, "the store is closed");
        }
    }

    private Engine engine(Database database) {
        WriteLocks locks = new WriteLocks();
        Writer writer = new Writer(database, locks, STALL_TIMEOUT);
        TableChanges changes = new TableChanges(database, writer, locks, tables, () -> shardsChanged.run());
        return new Engine(database, writer, locks, changes);
    }

    /** Returns what is behind, for what else serves the tables. */
    Engine engine() {
        return engine.orElseThrow(() -> new StoreException(Reason.LOADING, "the store is being opened"));
    }

    private Writer writer() {
        return engine().writer();
    }

    /** Reads from shards that are asked for within the action, so that none is closed under it. */
    <T> T read(Database.Action<T> action) {
        requireOpen();
        try {
            return engine().database().use(action);
        } catch (RocksDBException e) {
            throw new StoreException(Reason.FAILED, "the read failed", e);
        }
    }

    /** Reads from a shard, which is degraded if that meets corrupt data. Only within {@link Database#use}. */
    Optional<byte[]> get(RocksDB rocks, Shard shard, byte[] key) throws RocksDBException {
        try {
            return Optional.ofNullable(rocks.get(shard.family(), StoredKey.encode(HashSlot.of(key), key)));
        } catch (RocksDBException e) {
            if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption) {
                degrade(shard, e);
            }
            throw e;
        }
    }

    private void degrade(Shard shard, RocksDBException e) {
        if (shard.worsen(ShardHealth.DEGRADED)) {
            LOG.error(
                    "Shard {} is degraded: a read met corrupt data",
                    shard.range().first(),
                    e);
            shardsChanged.run();
        }
    }

    private <T> T inspect(Inspection<T> inspection) {
        Database database = engine().database();
        try {
            return database.use(rocks ->
                    inspection.read(new Gauges(rocks, database.settings().statistics())));
        } catch (RocksDBException e) {
            throw new StoreException(Reason.FAILED, "RocksDB does not tell", e);
        }
    }

    private enum State {
        LOADING,
        OPEN,
        CLOSED
    }

    /** Something that is read off RocksDB. */
    @FunctionalInterface
    private interface Inspection<T> {

        T read(Gauges gauges) throws RocksDBException;
    }
}
