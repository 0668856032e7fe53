package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import java.io.IOException;
import java.util.List;

/**
 * One node's part in the cluster: its replica of every group, the way to whoever leads one, and who is a member.
 *
 * <p>Safe for use by many threads. What calls other nodes waits for no longer than the {@linkplain EngineSettings.Builder#callTimeout
 * timeout} and throws a {@link StoreException} then; so none of it belongs on an event loop. What only tells something says so, and answers
 * at once from what this node knows.
 */
public final class Engine implements AutoCloseable {

    private final EngineSettings settings;

    /** Prepares an engine. Nothing is opened yet. */
    public Engine(EngineSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /**
     * Opens this node's replicas, or begins to join, and returns when they are open: not when there are leaders, nor when the node has
     * joined, both of which happen in the background.
     *
     * @throws IOException if the port cannot be bound or the data not be read; the engine is to be closed then
     */
    public void start() throws IOException {
        throw new UnsupportedOperationException(settings.self().id());
    }

    /** Returns all keys, wherever they are. */
    public ClusterKeys keys() {
        throw new UnsupportedOperationException();
    }

    /** Returns this node's replicas as they are now: metadata first, then shards by id. Answers at once. */
    public List<DivisionView> divisions() {
        throw new UnsupportedOperationException();
    }

    /** Returns who is a member. */
    public Membership membership() {
        throw new UnsupportedOperationException();
    }

    /** Returns what all nodes agree on besides. */
    public Metadata metadata() {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the way to a shard's data, for backups.
     *
     * @throws IllegalArgumentException if there is no such shard
     */
    public ShardDoor shard(int id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets what to run when a role, a leader, a member or a replica's state may have changed. It runs on any thread, must return at once
     * and throw nothing. May be called several times: all of them are run.
     */
    public void onChange(Runnable action) {
        throw new UnsupportedOperationException();
    }

    /** Closes all replicas, without leaving the cluster, and waits until its threads are gone. Does nothing the second time. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
