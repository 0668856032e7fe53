package dev.outrigger.netty;

/**
 * Watches how fast a client takes its answers: each must be taken within a time that grows with what has been taken of it, so
 * that a large one over a slow line passes, and one that is hardly read does not hold its memory for ever.
 */
final class TakingPace {

    private final Outbox outbox;
    private final Deadlines deadlines;
    private boolean watching;
    private long spentNanos;
    private long lookedAtNanos;
    private long takenBefore;

    TakingPace(Outbox outbox, Deadlines deadlines) {
        this.outbox = outbox;
        this.deadlines = deadlines;
    }

    /**
     * Looks at the client.
     *
     * @param taking whether there is an answer it has yet to take; while that is still being made, and the client has taken
     *     all there is of it, no time passes
     */
    boolean isTooSlow(boolean taking, long nowNanos) {
        if (!taking) {
            watching = false;
            takenBefore = outbox.takenBytes();
            return false;
        }
        if (!watching) {
            watching = true;
            spentNanos = 0;
        } else if (outbox.untakenBytes() > 0) {
            spentNanos += nowNanos - lookedAtNanos;
        }
        lookedAtNanos = nowNanos;
        return spentNanos > deadlines.responseNanos(outbox.takenBytes() - takenBefore);
    }
}
