package dev.outrigger.shard;

/**
 * How many shards there are, and in which state. Immutable.
 *
 * @param total in the whole system
 * @param active open on this node
 * @param healthy of the active ones
 * @param degraded of the active ones
 * @param unavailable of the active ones
 * @param leaderless of the active ones, whatever their status
 */
public record ShardCounts(int total, int active, int healthy, int degraded, int unavailable, int leaderless) {

    /** No shard anywhere. */
    public static final ShardCounts NONE = new ShardCounts(0, 0, 0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException if a count is negative, or the counts contradict each other
     */
    public ShardCounts {
        if ((total | active | healthy | degraded | unavailable | leaderless) < 0) {
            throw new IllegalArgumentException("a count is negative (expected: >= 0)");
        }
        if (healthy + degraded + unavailable != active) {
            throw new IllegalArgumentException("active: " + active + " (expected: healthy + degraded + unavailable)");
        }
        if (leaderless > active) {
            throw new IllegalArgumentException("leaderless: " + leaderless + " (expected: <= " + active + ")");
        }
    }

    /** Tells whether every active shard is healthy and has a leader. */
    public boolean allWell() {
        return healthy == active && leaderless == 0;
    }

    /** The same shards once nothing has been heard of them for too long. */
    public ShardCounts allUnavailable() {
        return new ShardCounts(total, active, 0, 0, active, leaderless);
    }

    /** Returns how many active shards have the given status. */
    public int of(ShardStatus status) {
        return switch (status) {
            case HEALTHY -> healthy;
            case DEGRADED -> degraded;
            case UNAVAILABLE -> unavailable;
        };
    }
}
