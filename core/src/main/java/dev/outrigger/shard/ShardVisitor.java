package dev.outrigger.shard;

/** Is told about one shard after the other. Implemented by the sidecar, called by a {@link ShardProvider}. */
@FunctionalInterface
public interface ShardVisitor {

    /** Stands for a term or an index that the host does not know. Answers show it as {@code null}. */
    long UNKNOWN = -1;

    /**
     * Takes the state of one shard. Nothing is kept of the arguments but numbers, so a caller may pass a million shards
     * without allocating.
     *
     * @param id the shard, 0 or more, and higher than the one before
     * @param term the term of its consensus group, or {@link #UNKNOWN}
     * @param commitIndex the index up to which its log is committed, or {@link #UNKNOWN}
     * @param lastApplied the index up to which its log is applied here, or {@link #UNKNOWN}
     * @return whether to go on; after {@code false} the provider should return, and further calls have no effect
     */
    boolean shard(int id, ShardStatus status, Leadership leadership, long term, long commitIndex, long lastApplied);
}
