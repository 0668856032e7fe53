package dev.outrigger.shard;

/** What a replica is for. */
public enum ReplicaRole {

    /** It has a vote: a majority of these decides who leads, and what is committed. */
    VOTER,

    /** It has none: a learner, or any replica of a store that keeps copies without voting. */
    COPY
}
