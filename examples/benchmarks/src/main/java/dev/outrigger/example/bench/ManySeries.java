package dev.outrigger.example.bench;

import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.util.List;
import java.util.stream.IntStream;

/** 100,000 gauges in 100 families, whose values are others at each scrape. */
final class ManySeries {

    static final int FAMILIES = 100;
    static final int PER_FAMILY = 1000;
    static final String HELP = "A family of gauges.";

    private final boolean whole;
    private long round;

    /**
     * @param whole whether the values have no decimals; else they have up to three
     */
    ManySeries(boolean whole) {
        this.whole = whole;
    }

    /** Moves all values. */
    void move() {
        round++;
    }

    static String name(int family) {
        return "benchmark_family_" + family + "_bytes";
    }

    static String[] labelValues(int index) {
        return new String[] {Integer.toString(index), index % 2 == 0 ? "read" : "write"};
    }

    static String labels(int index) {
        String[] values = labelValues(index);
        return "{shard=\"" + values[0] + "\",operation=\"" + values[1] + "\"}";
    }

    long thousandths(int family, int index) {
        long value = (family * 1009L + index) * 1_009 + round * 104_729;
        return whole ? value * 1000 : value;
    }

    double value(int family, int index) {
        return thousandths(family, index) / 1e3;
    }

    /** The series as a host of the sidecar would offer them, with labels that are kept. */
    MetricsSource source() {
        return MetricsSource.of(
                "benchmark", IntStream.range(0, FAMILIES).mapToObj(this::family).toList());
    }

    private MetricFamily family(int family) {
        List<Gauge> gauges = IntStream.range(0, PER_FAMILY)
                .mapToObj(index -> new Gauge(family, index, labelsOf(index)))
                .toList();
        return MetricFamily.ofEach(
                MetricType.GAUGE,
                name(family),
                HELP,
                () -> gauges,
                Gauge::labels,
                gauge -> value(gauge.family(), gauge.index()));
    }

    private static Labels labelsOf(int index) {
        String[] values = labelValues(index);
        return Labels.of("shard", values[0], "operation", values[1]);
    }

    private record Gauge(int family, int index, Labels labels) {}
}
