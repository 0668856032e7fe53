package dev.outrigger.metrics;

import java.util.OptionalLong;

/**
 * Writes Prometheus' text format 0.0.4.
 *
 * <p>Whatever that format cannot say is said the way simpleclient says it: infos and state sets are gauges, exemplars
 * and units are left out, and {@code _created}, {@code _gcount} and {@code _gsum} are gauges of their own.
 */
final class TextWriter extends ExpositionWriter {

    private static final int OWN_FAMILIES =
            SampleSuffix.CREATED.bit() | SampleSuffix.GCOUNT.bit() | SampleSuffix.GSUM.bit();

    TextWriter(Utf8Buffer out) {
        super(out);
    }

    @Override
    int firstPart(MetricType type, int wantedSuffixes) {
        return wantedSuffixes & ~OWN_FAMILIES;
    }

    @Override
    void writeHead(Utf8Buffer out, FamilyHead family, SampleSuffix suffix) {
        boolean own = (suffix.bit() & OWN_FAMILIES) != 0;
        String name = family.name().with(own ? suffix : family.type().nameSuffix());
        out.ascii("# HELP ");
        out.ascii(name);
        out.put(' ');
        out.escaped(family.help(), false);
        out.ascii("\n# TYPE ");
        out.ascii(name);
        out.put(' ');
        out.ascii(own ? MetricType.GAUGE.textName() : family.type().textName());
        out.put('\n');
    }

    @Override
    void writeExtras(Utf8Buffer out, SampleExtras extras) {
        OptionalLong timestamp = extras.timestampMillis();
        if (timestamp.isPresent()) {
            out.put(' ');
            out.number(timestamp.getAsLong());
        }
    }

    @Override
    boolean isRefused(FamilyHead family, SampleSuffix suffix, double value) {
        return false;
    }

    @Override
    boolean hidesSumOfNegativeBuckets() {
        return false;
    }

    @Override
    void writeEnd(Utf8Buffer out) {
        // The text format has no end mark.
    }
}
