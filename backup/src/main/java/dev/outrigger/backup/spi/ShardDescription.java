package dev.outrigger.backup.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a backup says about a shard beside its files.
 *
 * @param id 0 or more, unique within its table
 * @param range the part of the table's keys that it holds, where shards are ranges
 * @param appliedIndex the index of its log up to which the files hold what was written, or {@link #UNKNOWN}
 * @param term of that index, or {@link #UNKNOWN}
 */
public record ShardDescription(int id, Optional<Range> range, long appliedIndex, long term) {

    /** Stands for an index or a term of which there is none. */
    public static final long UNKNOWN = -1;

    /**
     * @throws IllegalArgumentException if a number is below what it may be
     */
    public ShardDescription {
        requireNonNull(range, "range");
        if (id < 0) {
            throw new IllegalArgumentException("id: " + id + " (expected: >= 0)");
        }
        if (appliedIndex < UNKNOWN || term < UNKNOWN) {
            throw new IllegalArgumentException(
                    "applied index and term: " + appliedIndex + ", " + term + " (expected: >= -1)");
        }
    }

    /** A shard without a range and without a log. */
    public static ShardDescription of(int id) {
        return new ShardDescription(id, Optional.empty(), UNKNOWN, UNKNOWN);
    }

    /**
     * A range of keys, in the host's own notation.
     *
     * @param start where it begins
     * @param end where it ends
     */
    public record Range(String start, String end) {

        public Range {
            requireNonNull(start, "start");
            requireNonNull(end, "end");
        }
    }
}
