package dev.outrigger.shard;

/** Where the leader of a shard is. A store without replication leads all its shards itself: {@link #LOCAL}. */
public enum Leadership {

    /** This node leads the shard. */
    LOCAL,

    /** Another node leads the shard. */
    REMOTE,

    /** No node is known to lead the shard. */
    NONE
}
