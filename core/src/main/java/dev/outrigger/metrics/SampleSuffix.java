package dev.outrigger.metrics;

import java.nio.charset.StandardCharsets;

/**
 * What a sample's name adds to the name of its family, as the OpenMetrics specification 1.0.0 defines it.
 *
 * <p>Immutable.
 */
public enum SampleSuffix {
    /** The family's own name: gauges, unknown types, state sets, and the quantiles of a summary. */
    NONE(""),
    /** The count of a counter. */
    TOTAL("_total"),
    /** The constant 1 of an info family. */
    INFO("_info"),
    /** One cumulative bucket of a histogram, with its bound in the label {@code le}. */
    BUCKET("_bucket"),
    /** How many observations a histogram or summary has seen. */
    COUNT("_count"),
    /** The sum of the observations of a histogram or summary. */
    SUM("_sum"),
    /** When a series began, in seconds since the epoch. */
    CREATED("_created"),
    /** The count of a gauge histogram. */
    GCOUNT("_gcount"),
    /** The sum of a gauge histogram. */
    GSUM("_gsum");

    private final String text;
    private final byte[] bytes;

    SampleSuffix(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the suffix as it is written, with its underscore; empty for {@link #NONE}. */
    public String text() {
        return text;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns this suffix's place in a set of suffixes that is kept as an {@code int}. */
    int bit() {
        return 1 << ordinal();
    }
}
