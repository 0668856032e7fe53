package dev.outrigger.backup.spi;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * So many bytes a second on average. What was not used is saved for a second at most; a piece may overdraw, and whoever comes next waits for
 * it. Safe for use by many threads.
 */
final class RateThrottle implements Throttle {

    private static final double NANOS = 1e9;

    private final long rate;
    private final LongSupplier nanoTime;
    private double allowance; // guarded by this; below 0 what was overdrawn
    private long asOf; // guarded by this

    RateThrottle(long rate, LongSupplier nanoTime) {
        if (rate < 1) {
            throw new IllegalArgumentException("rate: " + rate + " bytes per second (expected: > 0)");
        }
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.allowance = rate;
        this.asOf = nanoTime.getAsLong();
    }

    @Override
    public synchronized Duration delay(int bytes) {
        long now = nanoTime.getAsLong();
        allowance = Math.min((double) rate, allowance + (now - asOf) / NANOS * rate);
        asOf = now;
        if (allowance >= 0) {
            allowance -= bytes;
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(1, (long) (-allowance / rate * NANOS)));
    }
}
