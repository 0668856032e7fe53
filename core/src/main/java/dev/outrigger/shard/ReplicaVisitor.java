package dev.outrigger.shard;

/** Is told about the replicas of one shard after the other. Implemented by the sidecar, called by a {@link ShardProvider}. */
public interface ReplicaVisitor {

    /**
     * Begins a shard. Its replicas follow, one {@link #replica} each.
     *
     * @param id the shard, 0 or more, and higher than the one before
     * @param minInSync with how many replicas in sync it still takes writes; 0 where only the majority of voters counts
     * @return whether to go on; after {@code false} the provider should return, and further calls have no effect
     */
    boolean shard(int id, int minInSync);

    /** Takes one replica of the shard that was begun last, this node's own included. */
    void replica(ReplicaPlace place, ReplicaRole role, ReplicaState state);
}
