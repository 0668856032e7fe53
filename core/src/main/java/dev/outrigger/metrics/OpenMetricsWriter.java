package dev.outrigger.metrics;

/**
 * Writes OpenMetrics 1.0.0.
 *
 * <p>What the reference parser (Python's {@code prometheus_client.openmetrics}) refuses is left out sample by sample,
 * since it would refuse the whole scrape. {@code _created} lines are written where a source has them; the sidecar's own
 * families have none: they double the series of a counter, and no query reads them.
 */
final class OpenMetricsWriter extends ExpositionWriter {

    private static final long MILLIS = 1_000;

    OpenMetricsWriter(Utf8Buffer out) {
        super(out);
    }

    @Override
    int firstPart(MetricType type, int wantedSuffixes) {
        // A histogram is whole or it is none: a strict reader refuses counts without buckets.
        boolean indivisible = type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM;
        return indivisible ? type.suffixBits() : wantedSuffixes;
    }

    @Override
    void writeHead(Utf8Buffer out, FamilyHead family, SampleSuffix suffix) {
        String name = family.name().base();
        out.ascii("# TYPE ");
        out.ascii(name);
        out.put(' ');
        out.ascii(family.type().openMetricsName());
        if (!family.unit().isEmpty()) {
            out.ascii("\n# UNIT ");
            out.ascii(name);
            out.put(' ');
            out.ascii(family.unit());
        }
        out.ascii("\n# HELP ");
        out.ascii(name);
        out.put(' ');
        out.escaped(family.help(), true);
        out.put('\n');
    }

    @Override
    void writeExtras(Utf8Buffer out, SampleExtras extras) {
        if (extras.timestampMillis().isPresent()) {
            writeTime(out, extras.timestampMillis().getAsLong());
        }
        extras.exemplar().filter(Exemplar::isWritable).ifPresent(exemplar -> writeExemplar(out, exemplar));
    }

    private static void writeExemplar(Utf8Buffer out, Exemplar exemplar) {
        out.ascii(" # {");
        for (int i = 0; i < exemplar.labelNames().size(); i++) {
            out.label(exemplar.labelNames().get(i), exemplar.labelValues().get(i), i == 0);
        }
        out.ascii("} ");
        out.number(exemplar.value());
        exemplar.timestampMillis().ifPresent(millis -> writeTime(out, millis));
    }

    private static void writeTime(Utf8Buffer out, long millis) {
        out.put(' ');
        out.number(Math.floorDiv(millis, MILLIS));
        int fraction = (int) Math.floorMod(millis, MILLIS);
        out.put('.');
        out.put((char) ('0' + fraction / 100));
        out.put((char) ('0' + fraction / 10 % 10));
        out.put((char) ('0' + fraction % 10));
    }

    @Override
    boolean isRefused(FamilyHead family, SampleSuffix suffix, double value) {
        return switch (suffix) {
            case NONE ->
                switch (family.type()) {
                    case SUMMARY -> value < 0;
                    case STATE_SET -> value != 0 && value != 1;
                    case UNKNOWN, COUNTER, GAUGE, INFO, HISTOGRAM, GAUGE_HISTOGRAM -> false;
                };
            case TOTAL, SUM -> !(value >= 0);
            case BUCKET, COUNT, GCOUNT -> !(value >= 0) || value != Math.rint(value);
            case INFO -> value != 1;
            case GSUM -> Double.isNaN(value);
            case CREATED -> false;
        };
    }

    @Override
    boolean hidesSumOfNegativeBuckets() {
        return true;
    }

    @Override
    void writeEnd(Utf8Buffer out) {
        out.ascii("# EOF\n");
    }
}
