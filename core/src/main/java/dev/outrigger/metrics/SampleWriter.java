package dev.outrigger.metrics;

import java.util.List;

/**
 * Takes the samples of one family, one at a time, and writes them in the format that the scraper asked for.
 *
 * <p>The writer knows the family's name, type and suffixes. A sample that a strict reader would refuse (a counter that
 * is negative or not a number) is left out and counted, so that it does not cost the scrape. For one thread at a time,
 * and only during the call that it was handed to.
 */
public sealed interface SampleWriter permits ExpositionWriter {

    /**
     * Writes the value of a gauge, a counter, an unknown type, or (1) an info.
     *
     * @throws IllegalStateException if the family's samples are more than one value each
     */
    void value(Labels labels, double value);

    /**
     * Writes a whole value of a gauge, a counter, or an unknown type.
     *
     * @throws IllegalStateException if the family's samples are more than one value each
     */
    void value(Labels labels, long value);

    /**
     * Writes one state of a state set, under the family's name as the label.
     *
     * @throws IllegalStateException if the family is no state set
     */
    void state(Labels labels, String state, boolean holds);

    /**
     * Writes one histogram series: its buckets, {@code +Inf} included, then count and sum.
     *
     * @param counts how many observations fell into each bucket of {@code bounds}, not cumulative
     * @param sum the sum of all observations, in the family's unit
     * @throws IllegalStateException if the family is no histogram
     * @throws IllegalArgumentException if there is not one count for each bucket, or a label is {@code le}
     */
    void histogram(Labels labels, BucketBounds bounds, long[] counts, double sum);

    /**
     * Writes one quantile of a summary. Those of one series come one after the other, and before its
     * {@link #summary(Labels, long, double)}.
     *
     * @param quantile from 0 to 1
     * @throws IllegalStateException if the family is no summary
     */
    void quantile(Labels labels, double quantile, double value);

    /**
     * Writes count and sum of one summary series.
     *
     * @throws IllegalStateException if the family is no summary
     */
    void summary(Labels labels, long count, double sum);

    /**
     * Writes one line as another library made it, for adapters: the caller answers for the order of lines.
     *
     * @param suffix what the sample's name adds to the family's
     * @throws IllegalArgumentException if the family's type has no such suffix, or the labels are not labels
     */
    void sample(SampleSuffix suffix, List<String> labelNames, List<String> labelValues, double value);

    /** Writes one line like {@link #sample(SampleSuffix, List, List, double)}, with what else it carries. */
    void sample(
            SampleSuffix suffix, List<String> labelNames, List<String> labelValues, double value, SampleExtras extras);
}
