package dev.outrigger.shard;

import static java.util.Objects.requireNonNull;

/**
 * The state of one shard that is open on this node. Immutable.
 *
 * @param id the shard, 0 or more
 * @param term the term of its consensus group, or {@link ShardVisitor#UNKNOWN}
 * @param commitIndex the index up to which its log is committed, or {@link ShardVisitor#UNKNOWN}
 * @param lastApplied the index up to which its log is applied here, or {@link ShardVisitor#UNKNOWN}
 */
public record ShardState(
        int id, ShardStatus status, Leadership leadership, long term, long commitIndex, long lastApplied) {

    /**
     * @throws IllegalArgumentException if the id is negative
     */
    public ShardState {
        if (id < 0) {
            throw new IllegalArgumentException("id: " + id + " (expected: >= 0)");
        }
        requireNonNull(status, "status");
        requireNonNull(leadership, "leadership");
    }

    /** A shard of a store that keeps no replicas: led here, with no term and no log. */
    public static ShardState unreplicated(int id, ShardStatus status) {
        return new ShardState(
                id, status, Leadership.LOCAL, ShardVisitor.UNKNOWN, ShardVisitor.UNKNOWN, ShardVisitor.UNKNOWN);
    }

    boolean show(ShardVisitor visitor) {
        return visitor.shard(id, status, leadership, term, commitIndex, lastApplied);
    }
}
