package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.Location;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that is done by the clock.
 *
 * @param kind what
 * @param location where
 */
record KeepChore(Kind kind, Location location) {

    KeepChore {
        requireNonNull(kind, "kind");
        requireNonNull(location, "location");
    }

    /** What is done. */
    enum Kind {
        /** A backup of all tables is made. */
        BACKUP,
        /** A backup of all tables is made at once, out of turn, since one is damaged. */
        REPAIR,
        /** All backups are verified. */
        SCRUB;

        /** Tells whether it is done again and again. */
        boolean isRecurring() {
            return switch (this) {
                case BACKUP, SCRUB -> true;
                case REPAIR -> false;
            };
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String encode() {
        return kind.word() + " " + location;
    }

    /** Reads what a record remembers, if it is anything. */
    static Optional<KeepChore> decode(String record) {
        String[] words = record.split(" ", 2);
        try {
            return Stream.of(Kind.values())
                    .filter(kind -> words.length == 2 && kind.word().equals(words[0]))
                    .map(kind -> new KeepChore(kind, Location.parse(words[1])))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns how often it is done, where a rule wants it. */
    Optional<Duration> interval(KeepRules rules) {
        Optional<KeepRule> rule = rules.at(location);
        return switch (kind) {
            case BACKUP, REPAIR -> rule.flatMap(KeepRule::every);
            case SCRUB -> rule.flatMap(KeepRule::verifyEvery);
        };
    }

    /** Returns after how long it is done at the latest, where a rule wants it. */
    Optional<Duration> latest(KeepRules rules) {
        Duration jitter = switch (kind) {
            case BACKUP -> rules.at(location).map(KeepRule::jitter).orElse(Duration.ZERO);
            case SCRUB, REPAIR -> Duration.ZERO;
        };
        return interval(rules).map(interval -> interval.plus(jitter));
    }
}
