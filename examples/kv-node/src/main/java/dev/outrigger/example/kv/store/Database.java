package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ExportImportFilesMetaData;
import org.rocksdb.FlushOptions;
import org.rocksdb.ImportColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * An open RocksDB with its column families, which cannot be closed while somebody is in it: RocksDB's Java classes do not check
 * that, and the process would die. Everything that touches RocksDB does so within {@link #use}.
 */
final class Database implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10;
    private static final int ATTEMPTS = 100;

    private final RocksSettings settings;
    private final RocksDB rocks;
    private final Map<String, ColumnFamilyHandle> families;
    private final Queue<ColumnFamilyHandle> dropped = new ConcurrentLinkedQueue<>(); // and not closed yet
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
            Map<String, ColumnFamilyHandle> families = new ConcurrentSkipListMap<>();
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

    /** Returns the column family of a name, created where it is missing. */
    ColumnFamilyHandle family(String name) throws RocksDBException {
        ColumnFamilyHandle known = families.get(name);
        return known != null ? known : use(rocks -> adopt(name, rocks.createColumnFamily(descriptor(name, settings))));
    }

    /** Makes a new column family of exported files, which are moved into the database. */
    ColumnFamilyHandle importFamily(String name, ExportImportFilesMetaData files) throws RocksDBException {
        try (ImportColumnFamilyOptions moving = new ImportColumnFamilyOptions().setMoveFiles(true)) {
            return use(rocks ->
                    adopt(name, rocks.createColumnFamilyWithImport(descriptor(name, settings), moving, files)));
        }
    }

    private ColumnFamilyHandle adopt(String name, ColumnFamilyHandle created) {
        families.put(name, created);
        return created;
    }

    /** Writes what is in memory to files, without holding writers up for it. */
    void flush() throws RocksDBException {
        try (FlushOptions options = new FlushOptions()) {
            for (String name : familyNames()) {
                use(rocks -> {
                    ColumnFamilyHandle family = families.get(name);
                    if (family != null) { // else it was dropped meanwhile
                        rocks.flush(options, family);
                    }
                    return true;
                });
            }
        }
    }

    /**
     * Drops column families that nobody is led to any more, and waits a while for those who were led there before. Must not be called
     * within {@link #use}. Does nothing about one that is not there.
     */
    void drop(Collection<String> names) throws RocksDBException {
        try {
            for (String name : names) {
                use(rocks -> dropFamily(rocks, name));
            }
        } finally {
            closeDropped();
        }
    }

    private boolean dropFamily(RocksDB rocks, String name) throws RocksDBException {
        ColumnFamilyHandle family = families.get(name);
        if (family == null) {
            return false;
        }
        rocks.dropColumnFamily(family);
        dropped.add(family);
        families.remove(name);
        return true;
    }

    /**
     * The files of a dropped family go when its handle is closed, and nobody may be in it then. Whoever comes in has to wait as long as this
     * waits for others to leave, so it waits a little at a time; what cannot be closed now is closed with what is dropped next.
     */
    private void closeDropped() {
        try {
            for (int attempt = 0; attempt < ATTEMPTS && !dropped.isEmpty(); attempt++) {
                if (closing.writeLock().tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    closeDroppedNow();
                } else {
                    TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the write lock held, which it gives back. */
    private void closeDroppedNow() {
        try {
            dropped.forEach(ColumnFamilyHandle::close);
            dropped.clear();
        } finally {
            closing.writeLock().unlock();
        }
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
                dropped.forEach(ColumnFamilyHandle::close);
                families.values().forEach(ColumnFamilyHandle::close);
                rocks.close();
                settings.close();
            }
        } finally {
            closing.writeLock().unlock();
        }
    }

    private static ColumnFamilyDescriptor descriptor(String name, RocksSettings settings) {
        return new ColumnFamilyDescriptor(name.getBytes(UTF_8), settings.family());
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
