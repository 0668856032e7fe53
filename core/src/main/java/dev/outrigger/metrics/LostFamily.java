package dev.outrigger.metrics;

/** Stands for families that a source knows it should have, and could not collect. */
record LostFamily(String name, Throwable cause) implements MetricFamily {

    @Override
    public MetricType type() {
        return MetricType.UNKNOWN;
    }

    @Override
    public String help() {
        return "";
    }

    @Override
    public SampleCursor samples() {
        return out -> false;
    }
}
