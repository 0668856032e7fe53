package dev.outrigger.example.raft;

/**
 * One operation on one key, as a client saw it.
 *
 * @param kind what was asked
 * @param value what was written, or what was read
 * @param began when it was sent
 * @param ended when it was answered; {@link #NEVER} for a write of which nobody knows whether it was done, or will be
 */
record Operation(Kind kind, String value, long began, long ended) {

    /** The end of what was not answered. */
    static final long NEVER = Long.MAX_VALUE;

    enum Kind {
        READ,
        WRITE
    }

    boolean isSettled() {
        return ended != NEVER;
    }
}
