package dev.outrigger.netty;

/** What a connection is doing when there are too many: those that lose least by it are given up first. */
enum EvictionRank {

    /** Its last request is answered, and the next has not begun. */
    BETWEEN_REQUESTS,

    /** It has not said yet what it wants, or not all of it: the header is not whole, or the body. */
    REQUEST_INCOMPLETE,

    /** It waits for something to happen. */
    HELD,

    /** It is being answered, and takes its time. */
    TAKING_ANSWER,

    /** It has just come, and may have said what it wants: nobody has listened yet. */
    NEWCOMER,

    /** Its request is being worked on. */
    BUSY,

    /** It waits for a probe's answer, which is what the server is there for. */
    NEVER
}
