package dev.outrigger.backup.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Keeps backups and restores from taking more of the machine than the host can spare. Asked before each piece of data is read, by every
 * thread that moves data; it never waits itself, so that a job that is held back can still be called off.
 *
 * <p>Safe for use by many threads.
 */
@FunctionalInterface
public interface Throttle {

    /** Never holds anything up. */
    Throttle NONE = bytes -> Duration.ZERO;

    /**
     * Asks whether so many more bytes may be moved.
     *
     * @param bytes how many are to be moved next, at most 1 MiB
     * @return zero if they may be moved now, and count as moved; else how long to wait before asking again
     */
    Duration delay(int bytes);

    /**
     * Lets data move so fast on average, all jobs of it together.
     *
     * @throws IllegalArgumentException if the rate is not above 0
     */
    static Throttle bytesPerSecond(long rate) {
        return new RateThrottle(rate, System::nanoTime);
    }

    /** Lets data move while the host is not busy: a busy host is asked again four times a second. */
    static Throttle unless(BooleanSupplier busy) {
        requireNonNull(busy, "busy");
        Duration pause = Duration.ofMillis(250);
        return bytes -> busy.getAsBoolean() ? pause : Duration.ZERO;
    }

    /** Asks another throttle where this one has nothing against it. One that counts, such as a rate, comes last. */
    default Throttle and(Throttle other) {
        requireNonNull(other, "other");
        return bytes -> {
            Duration mine = delay(bytes);
            return mine.isZero() ? other.delay(bytes) : mine;
        };
    }
}
