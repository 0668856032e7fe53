package dev.outrigger.netty;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The time as the event loop knows it, read a few times a second instead of at each request: good enough for deadlines of
 * seconds and for the {@code Date} header. Confined to the event loop.
 */
final class LoopClock {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private long nanos;
    private long second = Long.MIN_VALUE;
    private byte[] dateHeader = new byte[0];

    LoopClock(LongSupplier nanoTime, InstantSource wallClock) {
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        refresh();
    }

    void refresh() {
        nanos = nanoTime.getAsLong();
        long now = Math.floorDiv(wallClock.millis(), 1000L);
        if (now != second) {
            second = now;
            dateHeader = Ascii.bytes("Date: " + HTTP_DATE.format(wallClock.instant()) + "\r\n");
        }
    }

    /** The monotonic time of the last refresh, in nanoseconds. */
    long nanos() {
        return nanos;
    }

    /** The monotonic time now, in nanoseconds. */
    long exactNanos() {
        return nanoTime.getAsLong();
    }

    /** The whole {@code Date} header line. */
    byte[] dateHeader() {
        return dateHeader;
    }
}
