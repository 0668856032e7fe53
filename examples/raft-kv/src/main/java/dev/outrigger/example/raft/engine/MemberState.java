package dev.outrigger.example.raft.engine;

/** Where a member is in its life in the cluster. */
public enum MemberState {
    /** It is being added to the groups, one after another. */
    JOINING,
    /** It is in every group. */
    UP,
    /** It has begun to leave: it is being taken out of the groups, one after another. */
    LEAVING,
    /** It was declared dead, and is being or has been taken out of the groups. */
    DOWN
}
