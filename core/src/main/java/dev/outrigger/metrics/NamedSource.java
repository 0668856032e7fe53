package dev.outrigger.metrics;

import java.util.List;

/** Gives a source the name under which its errors are counted. */
record NamedSource(String name, MetricsSource source) implements MetricsSource {

    @Override
    public List<MetricFamily> collect() throws Exception {
        return source.collect();
    }
}
