package dev.outrigger.example.raft.engine;

/** Whether a node's replica of a group can be read and written. */
public enum DivisionState {
    /** It is being opened, or has not been added to the group yet. */
    OPENING,
    /** It applies what the group agrees on. */
    SERVING,
    /** It cannot apply what the group has agreed on, and fetches the state of another replica instead. */
    HEALING,
    /** It has failed and stays so until the node is started anew; or it is closed. */
    FAILED
}
