package dev.outrigger.netty;

/** What a connection is doing when there are too many: those that lose least by it are given up first. */
enum EvictionRank {

    /** Its last request is answered, and the next has not begun. */
    BETWEEN_REQUESTS,

    /** It has not said yet what it wants. */
    HEADER_INCOMPLETE,

    /** It waits for something to happen. */
    HELD,

    /** It is being answered, and takes its time. */
    TAKING_ANSWER,

    /** Its request is being read or worked on. */
    BUSY,

    /** It waits for a probe's answer, which is what the server is there for. */
    NEVER
}
