package dev.outrigger.shard;

/** Where a replica is. */
public enum ReplicaPlace {

    /** On this node. */
    HERE,

    /** On another node. */
    ELSEWHERE
}
