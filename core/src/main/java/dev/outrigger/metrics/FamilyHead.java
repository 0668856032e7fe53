package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

/** What stands above a family's samples, checked. */
record FamilyHead(FamilyName name, MetricType type, String help, String unit) {

    /**
     * Reads and checks what a source handed in. A unit that the name does not end in is left out, since only its line
     * would be wrong.
     */
    static FamilyHead of(MetricFamily family) {
        MetricType type = requireNonNull(family.type(), "metric type");
        FamilyName name = FamilyName.of(requireNonNull(family.name(), "metric name"), type);
        String unit = requireNonNull(family.unit(), "metric unit");
        boolean declares = type != MetricType.INFO && type != MetricType.STATE_SET && name.endsWithUnit(unit);
        return new FamilyHead(name, type, requireNonNull(family.help(), "metric help"), declares ? unit : "");
    }
}
