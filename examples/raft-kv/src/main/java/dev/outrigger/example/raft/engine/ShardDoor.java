package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.ReplicaHome;
import dev.outrigger.example.raft.store.ReplicatedState;
import dev.outrigger.example.raft.store.ShardCommand;
import dev.outrigger.example.raft.store.ShardState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * The way to the data of a shard on this node, for backups and restores. Safe for use by many threads.
 *
 * <p>A restore stages a database for the shard on every member, in the {@linkplain #staging place} for it, and then has the shard's leader
 * {@linkplain #install propose} the change, which is an entry of the shard's log like any write: each replica that applies it replaces its
 * database by what is staged, whole or not at all, between the entries before it and those after. A replica on which nothing is staged fetches
 * the state of another instead.
 */
public final class ShardDoor {

    private final int id;
    private final GroupName group;
    private final ReplicaHome home;
    private final Router router;
    private final LocalDivisions divisions;

    ShardDoor(int id, ReplicaHome home, Router router, LocalDivisions divisions) {
        this.id = id;
        this.group = GroupName.ofShard(id);
        this.home = requireNonNull(home, "home");
        this.router = requireNonNull(router, "router");
        this.divisions = requireNonNull(divisions, "divisions");
    }

    /** Returns the shard's id. */
    public int id() {
        return id;
    }

    /** Tells whether this node leads the shard, as far as it knows. Answers at once. */
    public boolean leads() {
        return divisions.leads(group);
    }

    /** Returns the member that leads the shard, as far as this node knows. Answers at once. */
    public Optional<String> leader() {
        return divisions.leader(group).map(RaftPeerId::toString);
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
        router.catchUp(group);
        try {
            Position at = state().store().checkpoint(directory);
            return new ShardCheckpoint(id, directory, at.term(), at.index());
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, group + ": no checkpoint could be made", e);
        }
    }

    /**
     * Returns where a database is to be put for a restore: a directory that RocksDB can open, closed. It is not created, its parent is. What is
     * put there must be complete at once, so it is made beside it and renamed. Once {@link #install} was called it is the engine's, and is removed
     * when a snapshot covers the change.
     */
    public Path staging(RestoreId restore) {
        Path place = home.staging(restore);
        try {
            Files.createDirectories(requireNonNull(place.getParent()));
            return place;
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, group + ": there is no place for staging", e);
        }
    }

    /** Returns the restores for which something is staged here. */
    public Set<RestoreId> staged() {
        try {
            return home.staged();
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, group + ": what is staged cannot be listed", e);
        }
    }

    /** Removes what is staged for a restore that will not be installed. Does nothing where nothing is. */
    public void discard(RestoreId restore) {
        try {
            Directories.delete(home.staging(restore));
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, group + ": what is staged cannot be removed", e);
        }
    }

    /**
     * Proposes to replace the shard's database by what is staged, and returns when the leader has done so. May be called on any member and
     * several times; what was installed before is not installed again.
     *
     * @param from the last entry in what is staged, as its {@linkplain ShardCheckpoint checkpoint} said: on a replica where something else is
     *     staged, or not all of it, nothing is
     */
    public void install(RestoreId restore, Position from) {
        router.write(group, new ShardCommand.Install(restore, from).encode());
    }

    /**
     * Returns the restores that were installed on this replica, the last one first, whose data it has; of those before it some. Answers at once;
     * none where there was none, or the replica is not open.
     *
     * @throws StoreException with {@link Reason#FAILED} if the replica's database fails
     */
    public List<RestoreId> installed() {
        Optional<ReplicatedState> open = divisions.state(group);
        try {
            return open.isPresent() && open.get() instanceof ShardState shard ? shard.installed() : List.of();
        } catch (IOException e) {
            throw new StoreException(Reason.FAILED, group + ": the replica cannot be read", e);
        }
    }

    private ReplicatedState state() {
        return divisions
                .state(group)
                .orElseThrow(() -> new StoreException(Reason.LOADING, group + " is not open on this node"));
    }
}
