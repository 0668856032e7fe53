package dev.outrigger.metrics;

import java.util.List;

/**
 * What kind of figures a family holds, by the names of the OpenMetrics specification 1.0.0.
 *
 * <p>Immutable. Where the text format 0.0.4 does not know a type, the nearest one that it knows is written.
 */
public enum MetricType {
    /** A figure of which nothing is known. */
    UNKNOWN("untyped", "unknown", SampleSuffix.NONE),
    /** A count that only grows, from zero. */
    COUNTER("counter", "counter", SampleSuffix.TOTAL, SampleSuffix.CREATED),
    /** A figure that goes up and down. */
    GAUGE("gauge", "gauge", SampleSuffix.NONE),
    /** Which of several states hold. */
    STATE_SET("gauge", "stateset", SampleSuffix.NONE),
    /** Facts that do not change while the process runs, as labels. */
    INFO("gauge", "info", SampleSuffix.INFO),
    /** How observations are spread over buckets, since the start. */
    HISTOGRAM(
            "histogram", "histogram", SampleSuffix.BUCKET, SampleSuffix.COUNT, SampleSuffix.SUM, SampleSuffix.CREATED),
    /** How what is there now is spread over buckets. */
    GAUGE_HISTOGRAM("histogram", "gaugehistogram", SampleSuffix.BUCKET, SampleSuffix.GCOUNT, SampleSuffix.GSUM),
    /** Count and sum of observations, and quantiles where the host keeps them. */
    SUMMARY("summary", "summary", SampleSuffix.NONE, SampleSuffix.COUNT, SampleSuffix.SUM, SampleSuffix.CREATED);

    private final String textName;
    private final String openMetricsName;
    private final List<SampleSuffix> suffixes;
    private final int suffixBits;

    MetricType(String textName, String openMetricsName, SampleSuffix... suffixes) {
        this.textName = textName;
        this.openMetricsName = openMetricsName;
        this.suffixes = List.of(suffixes);
        this.suffixBits = this.suffixes.stream().mapToInt(SampleSuffix::bit).sum();
    }

    /** Returns the suffixes that a sample of this type may have, in the order in which they are written. */
    public List<SampleSuffix> suffixes() {
        return suffixes;
    }

    String textName() {
        return textName;
    }

    String openMetricsName() {
        return openMetricsName;
    }

    int suffixBits() {
        return suffixBits;
    }

    boolean allows(SampleSuffix suffix) {
        return (suffixBits & suffix.bit()) != 0;
    }

    /** Tells whether a sample of this type is one figure, and not a line of a larger whole. */
    boolean isSingleValue() {
        return switch (this) {
            case UNKNOWN, COUNTER, GAUGE, INFO -> true;
            case STATE_SET, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> false;
        };
    }

    /** Returns the suffix that a host may already have put at the end of the family's name. */
    SampleSuffix nameSuffix() {
        return switch (this) {
            case COUNTER -> SampleSuffix.TOTAL;
            case INFO -> SampleSuffix.INFO;
            case UNKNOWN, GAUGE, STATE_SET, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> SampleSuffix.NONE;
        };
    }
}
