package dev.outrigger.task;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Gives names to tasks: the time in milliseconds, a count within it, and 64 random bits. Safe for any thread. */
final class TaskIds {

    private static final int PER_MILLISECOND = 0x1_0000;

    private final InstantSource clock;
    private final LongSupplier random;

    /** The time and the count of the last one. Guarded by this. */
    private long last;

    TaskIds(InstantSource clock) {
        this(clock, new SecureRandom()::nextLong);
    }

    TaskIds(InstantSource clock, LongSupplier random) {
        this.clock = clock;
        this.random = random;
    }

    TaskId next() {
        long ordered = nextOrdered();
        return new TaskId(String.format(
                Locale.ROOT,
                "%012x-%04x-%016x",
                ordered / PER_MILLISECOND,
                ordered % PER_MILLISECOND,
                random.getAsLong()));
    }

    /** Above the one before, even where the clock is set back. */
    private synchronized long nextOrdered() {
        last = Math.max(last + 1, clock.millis() * PER_MILLISECOND);
        return last;
    }
}
