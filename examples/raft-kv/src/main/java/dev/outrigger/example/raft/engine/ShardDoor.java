package dev.outrigger.example.raft.engine;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to the data of a shard on this node, for backups and restores.
 *
 * <p>A restore stages a database for the shard on every member, in the {@linkplain #staging place} for it, and then has the shard's leader
 * {@linkplain #install propose} the change, which is an entry of the shard's log like any write: each replica that applies it replaces its
 * database by what is staged, whole or not at all, between the entries before it and those after. A replica on which nothing is staged fetches
 * the state of another instead.
 */
public final class ShardDoor {

    ShardDoor() {}

    /** Returns the shard's id. */
    public int id() {
        throw new UnsupportedOperationException();
    }

    /** Tells whether this node leads the shard, as far as it knows. Answers at once. */
    public boolean leads() {
        throw new UnsupportedOperationException();
    }

    /** Returns the member that leads the shard, as far as this node knows. Answers at once. */
    public Optional<String> leader() {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts the shard's database into a directory as it is at an index that has every write that was acknowledged before this was called. Linked
     * where the file system is the same, and complete: it can be opened read-only, or be staged.
     *
     * @param directory to be created; its parent exists
     * @throws StoreException with {@link Reason#SHARD_UNAVAILABLE} if there was no leader to ask how far the log is, or this replica did not get
     *     that far in time
     */
    public ShardCheckpoint checkpoint(Path directory) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns where a database is to be put for a restore: a directory that RocksDB can open. It is not created, its parent is. Whatever is
     * there once {@link #install} was called must be complete, and is the engine's: it is removed when a snapshot covers the change.
     */
    public Path staging(RestoreId restore) {
        throw new UnsupportedOperationException();
    }

    /** Removes what is staged for a restore that will not be installed. Does nothing where nothing is. */
    public void discard(RestoreId restore) {
        throw new UnsupportedOperationException();
    }

    /**
     * Proposes to replace the shard's database by what is staged, and returns when the leader has done so. May be called on any member and
     * several times; what is installed last already is not installed again.
     */
    public void install(RestoreId restore) {
        throw new UnsupportedOperationException();
    }

    /** Returns the restore that was installed last on this replica. Answers at once. */
    public Optional<RestoreId> installed() {
        throw new UnsupportedOperationException();
    }
}
