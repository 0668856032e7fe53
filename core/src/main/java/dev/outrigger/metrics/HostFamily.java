package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/** A family made by a factory: checked once, then only read. */
record HostFamily(
        FamilyName checkedName, MetricType type, String help, String unit, Supplier<? extends SampleCursor> cursors)
        implements MetricFamily {

    HostFamily {
        requireNonNull(help, "help");
        requireNonNull(cursors, "samples");
        boolean unitless = type == MetricType.INFO || type == MetricType.STATE_SET;
        if (!unit.isEmpty() && (unitless || !checkedName.endsWithUnit(unit))) {
            throw new IllegalArgumentException(
                    "unit: '" + unit + "' (expected: the end of '" + checkedName.base() + "')");
        }
    }

    static HostFamily of(MetricFamily family, String unit) {
        FamilyName name = FamilyName.of(family.name(), family.type());
        return new HostFamily(name, family.type(), family.help(), unit, family::samples);
    }

    @Override
    public String name() {
        return checkedName.base();
    }

    @Override
    public SampleCursor samples() {
        return cursors.get();
    }
}
