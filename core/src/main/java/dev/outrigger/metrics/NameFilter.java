package dev.outrigger.metrics;

import java.util.Collection;
import java.util.Set;

/**
 * Which metrics a scraper asked for with {@code name[]=}: by the name of a family, which means all of its samples, or
 * by that of a sample ({@code requests_total}, {@code latency_seconds_count}).
 *
 * @param names the names; none means everything
 */
public record NameFilter(Set<String> names) {

    private static final NameFilter EVERYTHING = new NameFilter(Set.of());

    /** Copies the names. */
    public NameFilter {
        names = Set.copyOf(names);
    }

    /** Returns a filter that lets everything through. */
    public static NameFilter everything() {
        return EVERYTHING;
    }

    /** Returns a filter by these names, or none if there are none. */
    public static NameFilter of(Collection<String> names) {
        return names.isEmpty() ? EVERYTHING : new NameFilter(Set.copyOf(names));
    }

    /** Returns the suffixes, as bits, of those samples of a family that are asked for. */
    int suffixesOf(FamilyHead family) {
        int all = family.type().suffixBits();
        if (names.isEmpty() || names.contains(family.name().base())) {
            return all;
        }
        int wanted = 0;
        for (SampleSuffix suffix : family.type().suffixes()) {
            wanted |= names.contains(family.name().with(suffix)) ? suffix.bit() : 0;
        }
        return wanted;
    }
}
