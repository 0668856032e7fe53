package dev.outrigger.trace;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the requests of one client to one route. One thread counts, without a lock; any thread reads, and sees each number
 * whole and no more than a moment old.
 */
final class RequestFigures {

    private static final int REQUESTS = 0;
    private static final int ERRORS = 1;
    private static final int BYTES = 2;
    private static final int FIRST_SEEN = 3;
    private static final int LAST_SEEN = 4;
    private static final int MAX = 5;
    private static final int CLASSES = 6;

    private final AtomicLongArray numbers = new AtomicLongArray(CLASSES + LatencyScale.CLASSES);

    RequestFigures(long nowMillis) {
        numbers.set(FIRST_SEEN, nowMillis);
    }

    void record(boolean error, long bytes, long durationNanos, long nowMillis) {
        add(REQUESTS, 1);
        add(ERRORS, error ? 1 : 0);
        add(BYTES, bytes);
        add(CLASSES + LatencyScale.classOf(durationNanos), 1);
        numbers.lazySet(LAST_SEEN, nowMillis);
        if (durationNanos > numbers.getPlain(MAX)) {
            numbers.lazySet(MAX, durationNanos);
        }
    }

    /** Not atomic, and need not be: nobody else writes. */
    private void add(int number, long more) {
        numbers.lazySet(number, numbers.getPlain(number) + more);
    }

    ClientFigures read() {
        return sum(List.of(this));
    }

    /** The figures of several, taken together; at least one. */
    static ClientFigures sum(List<RequestFigures> parts) {
        long[] sums = new long[CLASSES + LatencyScale.CLASSES];
        sums[FIRST_SEEN] = Long.MAX_VALUE;
        for (RequestFigures part : parts) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = joined(i, sums[i], part.numbers.getAcquire(i));
            }
        }
        long[] classes = new long[LatencyScale.CLASSES];
        System.arraycopy(sums, CLASSES, classes, 0, classes.length);
        return new ClientFigures(
                sums[REQUESTS],
                sums[ERRORS],
                sums[BYTES],
                Instant.ofEpochMilli(sums[FIRST_SEEN]),
                Instant.ofEpochMilli(sums[LAST_SEEN]),
                Math.min(LatencyScale.quantile(classes, 0.5), sums[MAX]),
                Math.min(LatencyScale.quantile(classes, 0.99), sums[MAX]),
                sums[MAX]);
    }

    private static long joined(int number, long one, long other) {
        return switch (number) {
            case FIRST_SEEN -> Math.min(one, other);
            case LAST_SEEN, MAX -> Math.max(one, other);
            default -> one + other;
        };
    }
}
