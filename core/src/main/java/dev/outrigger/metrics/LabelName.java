package dev.outrigger.metrics;

/** What the name of a label may be: Prometheus keeps those that begin with two underscores for itself. */
final class LabelName {

    private LabelName() {}

    /**
     * Returns the name if it is one.
     *
     * @throws IllegalArgumentException if it is not
     */
    static String check(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "label name: '" + name + "' (expected: [a-zA-Z_][a-zA-Z0-9_]*, not starting with '__')");
        }
        return name;
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
