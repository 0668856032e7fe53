package dev.outrigger.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a task that failed waits: ten seconds times the square of its attempts, at most an hour, up to a tenth less. */
final class Backoff {

    private static final long UNIT_SECONDS = 10;
    private static final long MAX_SECONDS = Duration.ofHours(1).toSeconds();
    private static final double JITTER = 0.1;

    private final RandomGenerator random;

    /**
     * @param random spreads tasks that failed together
     */
    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The time until the next attempt, after so many. */
    Duration after(int attempts) {
        long seconds = Math.min(UNIT_SECONDS * attempts * attempts, MAX_SECONDS);
        return Duration.ofMillis(Math.round(seconds * 1_000 * (1 - JITTER * random.nextDouble())));
    }
}
