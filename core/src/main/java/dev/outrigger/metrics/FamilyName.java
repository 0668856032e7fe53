package dev.outrigger.metrics;

/**
 * The name of a family, without the suffix that its type adds.
 *
 * @param base letters, digits, underscores and colons, not starting with a digit, as Prometheus' data model has it
 */
record FamilyName(String base) {

    FamilyName {
        if (!isValid(base)) {
            throw new IllegalArgumentException("metric name: '" + base + "' (expected: [a-zA-Z_:][a-zA-Z0-9_:]*)");
        }
    }

    /** Takes a name as hosts write it: {@code requests} and {@code requests_total} are the same counter. */
    static FamilyName of(String name, MetricType type) {
        String suffix = type.nameSuffix().text();
        boolean strip = !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length();
        return new FamilyName(strip ? name.substring(0, name.length() - suffix.length()) : name);
    }

    String with(SampleSuffix suffix) {
        return suffix == SampleSuffix.NONE ? base : base + suffix.text();
    }

    /** Tells whether the name ends in the unit, which OpenMetrics demands of a family that declares one. */
    boolean endsWithUnit(String unit) {
        return base.length() > unit.length() + 1
                && base.endsWith(unit)
                && base.charAt(base.length() - unit.length() - 1) == '_';
    }

    private static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
