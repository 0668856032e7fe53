package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes samples into a buffer; its two subclasses know what the two formats differ in.
 *
 * <p>A family is written in one or more parts, each a walk over its samples of which only some are written: the text
 * format 0.0.4 has no {@code _created} in a counter, so those come after the counter, as a gauge of their own. A head is
 * written with the first sample below it, so a family without samples leaves no trace.
 */
abstract sealed class ExpositionWriter implements SampleWriter permits TextWriter, OpenMetricsWriter {

    private static final SampleSuffix[] SUFFIXES = SampleSuffix.values();

    private static final FamilyHead NO_FAMILY = new FamilyHead(new FamilyName("none"), MetricType.UNKNOWN, "", "");
    private static final int NO_LINE = -1;

    private final Utf8Buffer out;
    private final LabelStarts labelStarts = new LabelStarts();
    private final byte[][] lineStarts = new byte[SUFFIXES.length][];
    private FamilyHead family = NO_FAMILY;
    private int wanted;
    private int offered;
    private int refused;
    private boolean headed;
    /** Of the histogram series that is being written line by line. */
    private boolean negativeBuckets;
    /** Where the count of that series begins, until its sum has been written too. */
    private int countLine = NO_LINE;

    private boolean headedBeforeCount;

    ExpositionWriter(Utf8Buffer out) {
        this.out = out;
    }

    /** Returns the suffixes, as bits, that the first part of a family of this type takes of those wanted. */
    abstract int firstPart(MetricType type, int wantedSuffixes);

    /** Writes the lines above the samples of the part that {@code suffix} is in. */
    abstract void writeHead(Utf8Buffer out, FamilyHead family, SampleSuffix suffix);

    abstract void writeExtras(Utf8Buffer out, SampleExtras extras);

    /** Tells whether a strict reader of this format would refuse the whole scrape for this sample. */
    abstract boolean isRefused(FamilyHead family, SampleSuffix suffix, double value);

    /** Tells whether a strict reader of this format takes no sum of a histogram that has negative buckets. */
    abstract boolean hidesSumOfNegativeBuckets();

    /** Writes what stands at the end of everything. */
    abstract void writeEnd(Utf8Buffer out);

    /** Begins a part of a family. Samples with other suffixes are only remembered as {@linkplain #takeOffered() offered}. */
    void begin(FamilyHead next, int suffixes) {
        family = next;
        wanted = suffixes;
        headed = false;
        negativeBuckets = false;
        countLine = NO_LINE;
        for (SampleSuffix suffix : next.type().suffixes()) {
            lineStarts[suffix.ordinal()] = next.name().with(suffix).getBytes(StandardCharsets.US_ASCII);
        }
    }

    void end() {
        writeEnd(out);
    }

    /** Returns the suffixes, as bits, of all samples that came since this was last asked. */
    int takeOffered() {
        int taken = offered;
        offered = 0;
        return taken;
    }

    /** Returns how many samples have been left out since this was last asked. */
    int takeRefused() {
        int taken = refused;
        refused = 0;
        return taken;
    }

    /** Forgets where lines began: what is in the buffer now goes out. */
    void flushed() {
        countLine = NO_LINE;
    }

    boolean isHeaded() {
        return headed;
    }

    /** Takes back what was written of a sample that failed, and the head too where that came with it. */
    void rollBack(int size, boolean wasHeaded) {
        out.truncate(size);
        headed = wasHeaded;
    }

    @Override
    public void value(Labels labels, double value) {
        SampleSuffix suffix = singleValue();
        if (startLine(suffix, value)) {
            endLine(labels, value);
        }
    }

    @Override
    public void value(Labels labels, long value) {
        SampleSuffix suffix = singleValue();
        if (startLine(suffix, (double) value)) {
            endLine(labels, value);
        }
    }

    private SampleSuffix singleValue() {
        MetricType type = family.type();
        if (!type.isSingleValue()) {
            throw new IllegalStateException("single value in " + family.name().base() + " of type " + type);
        }
        return type.nameSuffix();
    }

    @Override
    public void state(Labels labels, String state, boolean holds) {
        demand(MetricType.STATE_SET);
        reserved(labels, family.name().base());
        if (startLine(SampleSuffix.NONE, 0)) {
            out.put('{');
            commaAfter(labels);
            out.label(family.name().base(), state, true);
            out.put('}');
            out.put(' ');
            out.put(holds ? '1' : '0');
            out.put('\n');
        }
    }

    @Override
    public void histogram(Labels labels, BucketBounds bounds, long[] counts, double sum) {
        demand(MetricType.HISTOGRAM);
        reserved(labels, "le");
        if (counts.length != bounds.buckets()) {
            throw new IllegalArgumentException("counts: " + counts.length + " (expected: " + bounds.buckets() + ")");
        }
        long total = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            total += counts[bucket];
            if (startLine(SampleSuffix.BUCKET, (double) total)) {
                out.put('{');
                commaAfter(labels);
                out.put(bounds.label(bucket));
                out.number(total);
                out.put('\n');
            }
        }
        countAndSum(labels, total, sum, bounds.hasNegative());
    }

    @Override
    public void quantile(Labels labels, double quantile, double value) {
        demand(MetricType.SUMMARY);
        reserved(labels, "quantile");
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile: " + quantile + " (expected: 0 to 1)");
        }
        if (startLine(SampleSuffix.NONE, value)) {
            out.put('{');
            commaAfter(labels);
            out.label("quantile", CanonicalFloat.of(quantile), true);
            out.put('}');
            out.put(' ');
            out.number(value);
            out.put('\n');
        }
    }

    @Override
    public void summary(Labels labels, long count, double sum) {
        demand(MetricType.SUMMARY);
        countAndSum(labels, count, sum, false);
    }

    /** Writes both or neither: a strict reader takes no count without its sum. */
    private void countAndSum(Labels labels, long count, double sum, boolean negative) {
        if (negative && hidesSumOfNegativeBuckets()) {
            return;
        }
        if (isRefused(family, SampleSuffix.SUM, sum)) {
            refused++;
            return;
        }
        if (startLine(SampleSuffix.COUNT, (double) count)) {
            endLine(labels, count);
        }
        if (startLine(SampleSuffix.SUM, sum)) {
            endLine(labels, sum);
        }
    }

    @Override
    public void sample(SampleSuffix suffix, List<String> labelNames, List<String> labelValues, double value) {
        if (startForeignLine(suffix, labelNames, labelValues, value)) {
            out.put('\n');
        }
    }

    @Override
    public void sample(
            SampleSuffix suffix, List<String> labelNames, List<String> labelValues, double value, SampleExtras extras) {
        requireNonNull(extras, "extras");
        if (startForeignLine(suffix, labelNames, labelValues, value)) {
            writeExtras(out, extras);
            out.put('\n');
        }
    }

    private boolean startForeignLine(SampleSuffix suffix, List<String> names, List<String> values, double value) {
        if (!family.type().allows(suffix) || names.size() != values.size()) {
            throw new IllegalArgumentException("sample of " + family.name().base() + ": suffix '" + suffix.text()
                    + "', labels " + names.size() + " = " + values.size());
        }
        if (family.type() == MetricType.HISTOGRAM && hidesLine(suffix, values, value)) {
            return false;
        }
        if (!startLine(suffix, value)) {
            return false;
        }
        byte[][] starts = labelStarts.of(names);
        out.labelValues(starts, values);
        if (starts.length > 0) {
            out.put('"');
            out.put('}');
        }
        out.put(' ');
        out.number(value);
        return true;
    }

    /** Takes the count back when its sum turns out to be one that a strict reader refuses. */
    private boolean hidesLine(SampleSuffix suffix, List<String> values, double value) {
        if (suffix == SampleSuffix.BUCKET) {
            negativeBuckets |=
                    !values.isEmpty() && values.get(values.size() - 1).startsWith("-");
        } else if (suffix == SampleSuffix.COUNT) {
            countLine = out.size();
            headedBeforeCount = headed;
        } else if (suffix == SampleSuffix.SUM) {
            boolean hidden = negativeBuckets && hidesSumOfNegativeBuckets();
            if (countLine != NO_LINE && (hidden || isRefused(family, suffix, value))) {
                rollBack(countLine, headedBeforeCount);
            }
            negativeBuckets = false;
            countLine = NO_LINE;
            return hidden;
        }
        return false;
    }

    private static void reserved(Labels labels, String name) {
        if (labels.has(name)) {
            throw new IllegalArgumentException("labels: " + labels + " (expected: without '" + name + "')");
        }
    }

    private void demand(MetricType type) {
        if (family.type() != type) {
            throw new IllegalStateException(type + " sample in " + family.name().base() + " of type " + family.type());
        }
    }

    /** Writes the head, if it is still missing, and the sample's name; or nothing, if the sample is not wanted. */
    private boolean startLine(SampleSuffix suffix, double value) {
        offered |= suffix.bit();
        if ((wanted & suffix.bit()) == 0) {
            return false;
        }
        if (isRefused(family, suffix, value)) {
            refused++;
            return false;
        }
        if (!headed) {
            writeHead(out, family, suffix);
            headed = true;
        }
        out.put(lineStarts[suffix.ordinal()]);
        return true;
    }

    private void commaAfter(Labels labels) {
        if (!labels.isEmpty()) {
            out.put(labels.encoded());
            out.put(',');
        }
    }

    private void braces(Labels labels) {
        if (!labels.isEmpty()) {
            out.put('{');
            out.put(labels.encoded());
            out.put('}');
        }
        out.put(' ');
    }

    private void endLine(Labels labels, double value) {
        braces(labels);
        out.number(value);
        out.put('\n');
    }

    private void endLine(Labels labels, long value) {
        braces(labels);
        out.number(value);
        out.put('\n');
    }
}
