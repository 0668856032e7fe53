package dev.outrigger.metrics;

import java.util.List;

/**
 * What all sources gave at one moment, ready to be rendered any number of times.
 *
 * <p>Immutable, and safe for any thread.
 */
public final class Collected {

    private final List<CollectedFamily> families;
    private final ScrapeErrors errors;

    Collected(List<CollectedFamily> families, ScrapeErrors errors) {
        this.families = List.copyOf(families);
        this.errors = errors;
    }

    /** Returns a new rendering, before its first byte. */
    public Exposition render(ExpositionFormat format, NameFilter filter) {
        return new Exposition(format, filter, families, errors);
    }

    Exposition render(ExpositionFormat format, NameFilter filter, int pieceBytes) {
        return new Exposition(format, filter, families, errors, pieceBytes);
    }
}
