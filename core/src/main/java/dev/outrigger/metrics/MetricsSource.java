package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One place that metrics come from.
 *
 * <p>Called on the scrape lane, once for all scrapes that wait at that moment, and never by two threads at once. A
 * source that throws loses its families for that scrape and is counted; one that hangs makes scrapes fail with 503
 * until it returns, and is not called again before.
 */
@FunctionalInterface
public interface MetricsSource {

    /**
     * Returns the families of this source, each name once.
     *
     * @throws Exception if there are none to be had now
     */
    List<MetricFamily> collect() throws Exception;

    /** Returns the name under which this source's errors are counted. It should not change from run to run. */
    default String name() {
        Class<?> type = getClass();
        boolean named = !type.isHidden() && !type.isSynthetic() && !type.isAnonymousClass();
        return named ? type.getSimpleName() : "source";
    }

    /** Returns a source that always has these families. */
    static MetricsSource of(String name, List<? extends MetricFamily> families) {
        List<MetricFamily> fixed = List.copyOf(families);
        return named(name, () -> fixed);
    }

    /** Returns a source under another name. */
    static MetricsSource named(String name, MetricsSource source) {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        return new NamedSource(name, source);
    }
}
