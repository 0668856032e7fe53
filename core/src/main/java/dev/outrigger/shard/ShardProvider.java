package dev.outrigger.shard;

import java.util.List;
import java.util.function.Supplier;

/**
 * Tells which shards are open on this node, and how they are. Implemented by the host.
 *
 * <p>Called on sidecar threads, never on an event loop: once a second for the counts, and, while somebody reads the
 * list of shards, at most once a second for that; so two calls of {@link #visitShards} may overlap, but never two for
 * the same purpose. While a call hangs or throws, the last states stand until they are 15 s old; after that every
 * shard counts as unavailable.
 */
public interface ShardProvider {

    /**
     * Returns how many shards there are in the whole system, on this node or elsewhere.
     *
     * @throws Exception if it could not be told, which counts as a failed call
     */
    int totalShards() throws Exception;

    /**
     * Shows the visitor every shard that is open on this node, in ascending order of its id, until it returns
     * {@code false}. A visit that shows an id twice, out of order or below 0 is dismissed whole.
     *
     * @throws Exception if the states could not be told; the message is shown to authorised readers only
     */
    void visitShards(ShardVisitor visitor) throws Exception;

    /**
     * Shows the visitor the replicas of every shard that has one on this node, in ascending order of the shards' ids, until
     * it returns {@code false}: what a restart of this node would do to each is told from them. Shards without a replica here
     * may be shown or left out. Called when somebody asks, with 3 seconds, never by two threads at once. A visit that shows an
     * id twice, out of order or below 0, or a shard without a replica, is dismissed whole.
     *
     * <p>Default: as in a store without replication, each shard that is open here is the only replica of its kind, in sync
     * unless it is unavailable.
     *
     * @throws Exception if the replicas could not be told
     */
    default void visitReplicas(ReplicaVisitor visitor) throws Exception {
        visitShards((id, status, leadership, term, commitIndex, lastApplied) -> {
            boolean goOn = visitor.shard(id, 0);
            visitor.replica(ReplicaPlace.HERE, ReplicaRole.COPY, ReplicaState.ofOnly(status));
            return goOn;
        });
    }

    /**
     * Takes what the host is to run whenever the state of a shard changed, so that the change is seen at once and not
     * at the next second. Called once, when the sidecar starts. The given action returns at once, throws nothing, and
     * may be run on any thread; once the sidecar is closed it has no effect.
     */
    default void onChange(Runnable shardsChanged) {}

    /**
     * A provider for a host with few shards.
     *
     * @param totalShards how many there are in the whole system
     * @param openHere returns the shards that are open on this node, in ascending order of their ids
     * @throws IllegalArgumentException if the total is negative
     */
    static ShardProvider of(int totalShards, Supplier<List<ShardState>> openHere) {
        return new ListedShards(totalShards, openHere);
    }
}
