package dev.outrigger.task;

import java.util.regex.Pattern;

/** Names what kind of work a task is. Safe as a metric label. */
record TaskType(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    TaskType {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("task type: '" + value + "' (expected: " + ALLOWED + ")");
        }
    }
}
