package dev.outrigger.trace;

import java.time.Instant;

/**
 * Figures of some requests. Immutable.
 *
 * @param requests how many there were
 * @param errors how many of them were answered with 4xx or 5xx, or not to the end
 * @param bytesSent what was answered, heads included
 * @param firstSeen when the first ended, to about a quarter of a second
 * @param lastSeen when the last ended, likewise
 * @param p50Nanos what half of them took at most; estimated, as is the next
 * @param p99Nanos what 99 of 100 of them took at most
 * @param maxNanos what the slowest took
 */
public record ClientFigures(
        long requests,
        long errors,
        long bytesSent,
        Instant firstSeen,
        Instant lastSeen,
        long p50Nanos,
        long p99Nanos,
        long maxNanos) {}
