package dev.outrigger.netty;

/**
 * Watches how fast a client takes its answers: each must be taken within a time that grows with what has been taken of it, so
 * that a large one over a slow line passes, and one that is hardly read does not hold its memory for ever.
 */
final class TakingPace {

    private final Outbox outbox;
    private final Deadlines deadlines;
    private boolean watching;
    private long since;
    private long takenBefore;

    TakingPace(Outbox outbox, Deadlines deadlines) {
        this.outbox = outbox;
        this.deadlines = deadlines;
    }

    /**
     * Looks at the client.
     *
     * @param taking whether there is an answer it has yet to take
     */
    boolean isTooSlow(boolean taking, long nowNanos) {
        if (!taking) {
            watching = false;
            return false;
        }
        if (!watching) {
            watching = true;
            since = nowNanos;
            takenBefore = outbox.takenBytes();
            return false;
        }
        return nowNanos - since > deadlines.responseNanos(outbox.takenBytes() - takenBefore);
    }
}
