package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * An open RocksDB with its column families, which cannot be closed while somebody is in it: RocksDB's Java classes do not check
 * that, and the process would die. Everything that touches RocksDB does so within {@link #use}.
 */
final class Database implements AutoCloseable {

    private final RocksSettings settings;
    private final RocksDB rocks;
    private final Map<String, ColumnFamilyHandle> families;
    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
    private boolean closed; // guarded by closing

    private Database(RocksSettings settings, RocksDB rocks, Map<String, ColumnFamilyHandle> families) {
        this.settings = settings;
        this.rocks = rocks;
        this.families = families;
    }

    /** Opens what is there, or an empty database. RocksDB replays its write-ahead log meanwhile, which may take long. */
    static Database open(Path path) throws RocksDBException, IOException {
        RocksSettings settings = new RocksSettings();
        try {
            Files.createDirectories(path);
            List<ColumnFamilyDescriptor> found = existingFamilies(path, settings);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB rocks = RocksDB.open(settings.database(), path.toString(), found, handles);
            Map<String, ColumnFamilyHandle> families = new TreeMap<>();
            for (int i = 0; i < handles.size(); i++) {
                families.put(new String(found.get(i).getName(), UTF_8), handles.get(i));
            }
            return new Database(settings, rocks, families);
        } catch (RocksDBException | IOException | RuntimeException e) {
            settings.close();
            throw e;
        }
    }

    /** Does something that the database is not closed under. */
    <T> T use(Action<T> action) throws RocksDBException {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new StoreException(Reason.CLOSED, "the store is closed");
            }
            return action.run(rocks);
        } finally {
            closing.readLock().unlock();
        }
    }

    /** Returns RocksDB itself, for the one thread that opens the store and so cannot be closing it. */
    RocksDB rocks() {
        return rocks;
    }

    RocksSettings settings() {
        return settings;
    }

    /** Returns the column family of a name, created where it is missing. Called by one thread, while the store is opened. */
    ColumnFamilyHandle family(String name) throws RocksDBException {
        ColumnFamilyHandle known = families.get(name);
        if (known != null) {
            return known;
        }
        ColumnFamilyHandle created =
                rocks.createColumnFamily(new ColumnFamilyDescriptor(name.getBytes(UTF_8), settings.family()));
        families.put(name, created);
        return created;
    }

    List<String> familyNames() {
        return List.copyOf(families.keySet());
    }

    /** Waits for everybody inside to leave, then closes. */
    @Override
    public void close() {
        closing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                rocks.cancelAllBackgroundWork(true);
                families.values().forEach(ColumnFamilyHandle::close);
                rocks.close();
                settings.close();
            }
        } finally {
            closing.writeLock().unlock();
        }
    }

    private static List<ColumnFamilyDescriptor> existingFamilies(Path path, RocksSettings settings)
            throws RocksDBException {
        List<byte[]> names = List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
        if (Files.exists(path.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                names = RocksDB.listColumnFamilies(options, path.toString());
            }
        }
        return names.stream()
                .map(name -> new ColumnFamilyDescriptor(name, settings.family()))
                .toList();
    }

    /** Something that is done to an open database. */
    @FunctionalInterface
    interface Action<T> {

        T run(RocksDB rocks) throws RocksDBException;
    }
}
