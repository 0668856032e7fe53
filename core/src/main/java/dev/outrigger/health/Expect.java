package dev.outrigger.health;

import java.time.Duration;
import java.util.Locale;

/** What is expected of an option, and the message for one that is not as expected. */
final class Expect {

    /** Long enough for any check, short enough that sums of durations stay far from overflow. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Expect() {}

    static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new HealthConfigException(name + ": " + inWords(value) + " (expected: > 0)");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new HealthConfigException(name + ": " + inWords(value) + " (expected: <= 24h)");
        }
        return value;
    }

    static int atLeast(int least, String name, int value) {
        if (value < least) {
            throw new HealthConfigException(name + ": " + value + " (expected: >= " + least + ")");
        }
        return value;
    }

    /** Writes a duration as an operator would: {@code 1m30s}. */
    static String inWords(Duration value) {
        return value.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
