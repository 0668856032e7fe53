package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * How far a start-up has come. Immutable.
 *
 * @param done how much is done, 0 or more, in any unit
 * @param total of how much, in the same unit, if known
 * @param phase what is going on, for people
 */
public record Progress(long done, OptionalLong total, String phase) {

    public Progress {
        requireNonNull(total, "total");
        requireNonNull(phase, "phase");
    }

    /** Takes what a host reports: a negative {@code done} counts as 0, a negative {@code total} as unknown. */
    static Progress reported(long done, long total, String phase) {
        OptionalLong known = total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
        return new Progress(Math.max(0, done), known, DetailCopy.text(phase));
    }
}
