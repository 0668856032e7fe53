package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * How far a task has come.
 *
 * @param phase what is going on, one word or a few; empty while nobody said
 * @param doneBytes at least 0
 * @param totalBytes empty while that is not known
 * @param doneShards at least 0
 * @param totalShards empty while that is not known
 */
public record TaskProgress(
        String phase, long doneBytes, OptionalLong totalBytes, long doneShards, OptionalLong totalShards) {

    /** The progress of a task that has not told any. */
    public static final TaskProgress NONE = in("");

    private static final int MAX_PHASE = 100;

    public TaskProgress {
        if (phase.length() > MAX_PHASE) {
            throw new IllegalArgumentException(
                    "phase: " + phase.length() + " characters (expected: at most " + MAX_PHASE + ")");
        }
        requireNotNegative("done bytes", doneBytes);
        requireNotNegative(
                "total bytes", requireNonNull(totalBytes, "totalBytes").orElse(0));
        requireNotNegative("done shards", doneShards);
        requireNotNegative(
                "total shards", requireNonNull(totalShards, "totalShards").orElse(0));
    }

    /** A phase of which nothing is done, and nothing more is known. */
    public static TaskProgress in(String phase) {
        return new TaskProgress(phase, 0, OptionalLong.empty(), 0, OptionalLong.empty());
    }

    /** The same, with so many bytes done of so many. */
    public TaskProgress bytes(long done, long total) {
        return new TaskProgress(phase, done, OptionalLong.of(total), doneShards, totalShards);
    }

    /** The same, with so many bytes done of nobody knows how many. */
    public TaskProgress bytes(long done) {
        return new TaskProgress(phase, done, OptionalLong.empty(), doneShards, totalShards);
    }

    /** The same, with so many shards done of so many. */
    public TaskProgress shards(long done, long total) {
        return new TaskProgress(phase, doneBytes, totalBytes, done, OptionalLong.of(total));
    }

    private static void requireNotNegative(String name, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(name + ": " + number + " (expected: >= 0)");
        }
    }
}
