package dev.outrigger.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Two readings of one monotonic clock: elapsed time, and running time, which stands still while the JVM was paused. A
 * pause shows as a late wake-up of the monitor's thread. Deadlines and staleness go by running time, so that a long
 * collection fails no check that was about to answer.
 *
 * <p>Read by any thread; told of wake-ups by the monitor's thread alone.
 */
final class MonitorTime {

    /** What a busy scheduler may be late by. */
    private static final long TOLERATED = TimeUnit.MILLISECONDS.toNanos(50);

    private final LongSupplier nanos;
    private final InstantSource wallClock;

    /** Written by the monitor's thread only. */
    private final AtomicLong paused = new AtomicLong();

    MonitorTime(LongSupplier nanos, InstantSource wallClock) {
        this.nanos = nanos;
        this.wallClock = wallClock;
    }

    long elapsed() {
        return nanos.getAsLong();
    }

    long running() {
        return nanos.getAsLong() - paused.get();
    }

    Instant instant() {
        return wallClock.instant();
    }

    /** Notes that the monitor's thread, due at the given elapsed time, is awake only now. */
    void awakeSince(long due) {
        long late = elapsed() - due;
        if (late > TOLERATED) {
            paused.addAndGet(late);
        }
    }
}
