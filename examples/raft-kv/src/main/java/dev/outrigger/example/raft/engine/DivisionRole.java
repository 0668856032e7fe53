package dev.outrigger.example.raft.engine;

/** What a node's replica of a group is to the others. */
public enum DivisionRole {
    /** It takes writes and tells the others. */
    LEADER,
    /** It follows a leader, or waits for one. */
    FOLLOWER,
    /** It asks to be elected. */
    CANDIDATE,
    /** It has no part in the group: it is being opened, was closed, or was taken out. */
    NONE
}
