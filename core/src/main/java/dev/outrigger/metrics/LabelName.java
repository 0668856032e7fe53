package dev.outrigger.metrics;

/**
 * The name of a label.
 *
 * @param value letters, digits and underscores, not starting with a digit, nor with the two underscores that Prometheus
 *     keeps for itself
 */
record LabelName(String value) {

    LabelName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "label name: '" + value + "' (expected: [a-zA-Z_][a-zA-Z0-9_]*, not starting with '__')");
        }
    }

    static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty() && !name.startsWith("__");
    }
}
