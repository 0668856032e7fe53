package dev.outrigger.example.raft.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The database of one replica, which knows up to which entry of the group's log it has been brought: that is written in the same batch as what
 * the entry changed. A process that was killed finds what was flushed last, data and index of one moment, and is brought on from there by the
 * group's log; so RocksDB writes no log of its own.
 *
 * <p>Entries are applied by one thread at a time; reads come from any.
 */
public final class ReplicaStore implements AutoCloseable {

    /** First byte of every record of the group's own. */
    static final byte OWN = 0;

    /** First byte of every record that clients made. */
    static final byte DATA = 1;

    private static final byte[] APPLIED = {OWN, 'a', 'p', 'p', 'l', 'i', 'e', 'd'};

    private final StoreResources resources;
    private final ReplicaHome home;
    private final Lock changes = new ReentrantLock();
    private final ReentrantReadWriteLock swap = new ReentrantReadWriteLock();
    private Path directory; // guarded by changes
    private RocksDB rocks; // guarded by swap
    private boolean closed; // guarded by swap
    private volatile Position applied; // written under changes

    private ReplicaStore(StoreResources resources, ReplicaHome home, Path directory, RocksDB rocks)
            throws RocksDBException {
        this.resources = resources;
        this.home = home;
        this.directory = directory;
        this.rocks = rocks;
        this.applied = read(rocks);
    }

    /**
     * Opens the database of a replica, or makes an empty one.
     *
     * @throws IOException if it cannot be read
     */
    public static ReplicaStore open(StoreResources resources, ReplicaHome home) throws IOException {
        requireNonNull(resources, "resources");
        Path directory = home.prepare();
        try {
            return new ReplicaStore(
                    resources, home, directory, RocksDB.open(resources.options(), directory.toString()));
        } catch (RocksDBException e) {
            throw new IOException("the database in " + directory + " cannot be opened", e);
        }
    }

    /** Something that is done with the database, which is neither closed nor replaced meanwhile. */
    @FunctionalInterface
    public interface Action<T> {

        T run(RocksDB rocks) throws RocksDBException, IOException;
    }

    /** Something that adds to a batch what an entry changes, and returns what the entry's author is told. */
    @FunctionalInterface
    public interface Change {

        byte[] stage(RocksDB rocks, WriteBatch batch) throws RocksDBException;
    }

    /** Returns the last entry that was applied, or that had nothing to be applied. */
    public Position applied() {
        return applied;
    }

    /** Returns where the replica's files lie. */
    public ReplicaHome home() {
        return home;
    }

    /**
     * Reads.
     *
     * @throws IOException if the database fails or is closed
     */
    public <T> T read(Action<T> action) throws IOException {
        swap.readLock().lock();
        try {
            requireOpen();
            return action.run(rocks);
        } catch (RocksDBException e) {
            throw new IOException("the database in " + home.snapshots().getParent() + " fails", e);
        } finally {
            swap.readLock().unlock();
        }
    }

    /**
     * Applies an entry: what it changes and that it was applied, both or neither.
     *
     * @throws IOException if the database fails or is closed; then nothing was applied
     */
    public byte[] apply(Position entry, Change change) throws IOException {
        changes.lock();
        try {
            byte[] reply = read(database -> write(database, entry, change));
            applied = entry;
            return reply;
        } finally {
            changes.unlock();
        }
    }

    /** Notes an entry that changes nothing here. It is only remembered: it does no harm to pass it again. */
    public void pass(Position entry) {
        changes.lock();
        try {
            if (entry.index() > applied.index()) {
                applied = entry;
            }
        } finally {
            changes.unlock();
        }
    }

    /**
     * Puts the database as it is now into a directory that does not exist yet.
     *
     * @return the last entry that is in it
     */
    public Position checkpoint(Path target) throws IOException {
        changes.lock();
        try {
            Position at = applied;
            read(database -> {
                database.put(resources.writes(), APPLIED, at.encode());
                flush(database);
                try (Checkpoint checkpoint = Checkpoint.create(database)) {
                    checkpoint.createCheckpoint(target.toString());
                }
                return at;
            });
            return at;
        } finally {
            changes.unlock();
        }
    }

    /**
     * Replaces the database by another one in one step: whoever reads sees the one or the other, and so does whoever opens it after a power cut.
     *
     * @param source where the other database lies, closed; it stays as it is
     * @param from the last entry in it, as whoever made it says: one that is not all there says another, or cannot be opened
     * @param at the last entry that is to count as applied
     * @param change what is to be written into it besides
     * @throws IOException if it cannot be opened or is another one, or the disk fails; then the database is the one that it was
     */
    public void replaceBy(Path source, Position from, Position at, Change change) throws IOException {
        changes.lock();
        try {
            Path next = home.next(directory);
            Directories.delete(next);
            Directories.copyDatabase(source, next);
            RocksDB opened = openCopy(next, from, at, change);
            try {
                home.point(next);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            exchange(opened);
            applied = at;
            Path old = directory;
            directory = next;
            Directories.delete(old);
        } finally {
            changes.unlock();
        }
    }

    /** Waits for who is inside, and closes the database. Does nothing the second time. */
    @Override
    public void close() {
        swap.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                rocks.close();
            }
        } finally {
            swap.writeLock().unlock();
        }
    }

    private byte[] write(RocksDB database, Position entry, Change change) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            byte[] reply = change.stage(database, batch);
            batch.put(APPLIED, entry.encode());
            database.write(resources.writes(), batch);
            return reply;
        }
    }

    private RocksDB openCopy(Path copy, Position from, Position at, Change change) throws IOException {
        try {
            RocksDB opened = RocksDB.open(resources.existing(), copy.toString());
            try {
                requirePosition(opened, from);
                write(opened, at, change);
                flush(opened);
                return opened;
            } catch (RocksDBException | IOException e) {
                opened.close();
                throw e;
            }
        } catch (RocksDBException e) {
            throw new IOException("the database in " + copy + " cannot be opened", e);
        }
    }

    private static void requirePosition(RocksDB rocks, Position expected) throws RocksDBException, IOException {
        Position found = read(rocks);
        if (!found.equals(expected)) {
            throw new IOException("the database is at " + found + " (expected: " + expected + ")");
        }
    }

    private void exchange(RocksDB opened) throws IOException {
        swap.writeLock().lock();
        try {
            if (closed) {
                opened.close();
                throw new IOException("the replica is closed");
            }
            rocks.close();
            rocks = opened;
        } finally {
            swap.writeLock().unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the replica is closed");
        }
    }

    private static void flush(RocksDB database) throws RocksDBException {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            database.flush(flush);
        }
    }

    private static Position read(RocksDB rocks) throws RocksDBException {
        byte[] record = rocks.get(APPLIED);
        return record == null ? Position.NONE : Position.decode(record);
    }
}
