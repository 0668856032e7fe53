package dev.outrigger.netty;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time as the event loop knows it, read a few times a second instead of at each request: good enough for deadlines of
 * seconds and for the {@code Date} header. It stands still while the JVM is paused, so that no client is told that it was too
 * slow when the server was. Confined to the event loop.
 */
final class LoopClock {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** A refresh that comes later than this after the one before shows a pause. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private long readAt;
    private long nanos;
    private long millis;
    private long second = Long.MIN_VALUE;
    private byte[] dateHeader = new byte[0];

    LoopClock(LongSupplier nanoTime, InstantSource wallClock) {
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        this.readAt = nanoTime.getAsLong();
        refresh();
    }

    void refresh() {
        long before = readAt;
        readAt = nanoTime.getAsLong();
        nanos += Math.min(readAt - before, LATE_NANOS);
        millis = wallClock.millis();
        long now = Math.floorDiv(millis, 1000L);
        if (now != second) {
            second = now;
            dateHeader = Ascii.bytes("Date: " + HTTP_DATE.format(wallClock.instant()) + "\r\n");
        }
    }

    /** How long the event loop had been running at the last refresh, in nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** The monotonic time now, in nanoseconds. */
    long exactNanos() {
        return nanoTime.getAsLong();
    }

    /** The time of the last refresh, in milliseconds since 1970. */
    long millis() {
        return millis;
    }

    /** The whole {@code Date} header line. */
    byte[] dateHeader() {
        return dateHeader;
    }
}
