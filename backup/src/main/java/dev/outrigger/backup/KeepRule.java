package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.Location;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is done at one location by the clock: backups are made and verified, and old ones removed. The last good backup is never removed.
 * Immutable: each setter returns a copy.
 *
 * @param location where
 * @param every how often a backup is made, where any is
 * @param jitter up to how much later each is begun, so that not all nodes begin at once
 * @param verifyEvery how often all backups there are read through, where they are
 * @param keepLast how many backups are kept, where that is limited
 * @param keepFor how long backups are kept, where that is limited
 */
public record KeepRule(
        String location,
        Optional<Duration> every,
        Duration jitter,
        Optional<Duration> verifyEvery,
        OptionalInt keepLast,
        Optional<Duration> keepFor) {

    private static final Duration MIN = Duration.ofSeconds(1);

    /** A hundred years: with more, times would be past the end of all calendars. */
    private static final Duration MAX = Duration.ofDays(36_525);

    /**
     * @throws IllegalArgumentException if the location is none, a duration is below a second or above a hundred years, or a number is not
     *     above 0
     */
    public KeepRule {
        location = Location.parse(location).toString();
        requireSensible("every", every);
        requireSensible("verify every", verifyEvery);
        requireSensible("keep for", keepFor);
        requireNonNull(keepLast, "keepLast");
        requireNonNull(jitter, "jitter");
        if (jitter.isNegative() || jitter.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: >= 0, <= " + MAX + ")");
        }
        if (keepLast.isPresent() && keepLast.getAsInt() < 1) {
            throw new IllegalArgumentException("keep last: " + keepLast.getAsInt() + " (expected: >= 1)");
        }
    }

    /** A rule by which nothing is done yet. */
    public static KeepRule at(String location) {
        return new KeepRule(
                location, Optional.empty(), Duration.ZERO, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** Has a backup made each time that so much time has passed since the last, and up to the jitter more. */
    public KeepRule backupEvery(Duration interval, Duration newJitter) {
        return new KeepRule(
                location, Optional.of(requireNonNull(interval, "interval")), newJitter, verifyEvery, keepLast, keepFor);
    }

    /** Has all backups there read through so often. */
    public KeepRule verifyEvery(Duration interval) {
        return new KeepRule(
                location, every, jitter, Optional.of(requireNonNull(interval, "interval")), keepLast, keepFor);
    }

    /** Keeps so many good backups, the newest, and removes the others. */
    public KeepRule keepLast(int count) {
        return new KeepRule(location, every, jitter, verifyEvery, OptionalInt.of(count), keepFor);
    }

    /** Keeps backups for so long, and removes older ones. */
    public KeepRule keepFor(Duration duration) {
        return new KeepRule(
                location, every, jitter, verifyEvery, keepLast, Optional.of(requireNonNull(duration, "duration")));
    }

    private static void requireSensible(String name, Optional<Duration> duration) {
        requireNonNull(duration, name);
        if (duration.isPresent()
                && (duration.get().compareTo(MIN) < 0 || duration.get().compareTo(MAX) > 0)) {
            throw new IllegalArgumentException(
                    name + ": " + duration.get() + " (expected: >= " + MIN + ", <= " + MAX + ")");
        }
    }
}
