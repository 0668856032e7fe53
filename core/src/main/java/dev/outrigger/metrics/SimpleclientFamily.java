package dev.outrigger.metrics;

import io.prometheus.client.Collector.MetricFamilySamples;

/** A family as simpleclient collected it. */
record SimpleclientFamily(MetricFamilySamples collected) implements MetricFamily {

    @Override
    public String name() {
        return collected.name;
    }

    @Override
    public MetricType type() {
        return switch (collected.type) {
            case UNKNOWN -> MetricType.UNKNOWN;
            case COUNTER -> MetricType.COUNTER;
            case GAUGE -> MetricType.GAUGE;
            case STATE_SET -> MetricType.STATE_SET;
            case INFO -> MetricType.INFO;
            case HISTOGRAM -> MetricType.HISTOGRAM;
            case GAUGE_HISTOGRAM -> MetricType.GAUGE_HISTOGRAM;
            case SUMMARY -> MetricType.SUMMARY;
        };
    }

    @Override
    public String help() {
        return collected.help;
    }

    @Override
    public String unit() {
        return collected.unit;
    }

    @Override
    public SampleCursor samples() {
        return new SimpleclientCursor(FamilyName.of(name(), type()), type(), collected.samples);
    }
}
