package dev.outrigger.task;

import java.util.regex.Pattern;

/**
 * Names a task. Safe as a segment of a URL path and as part of a file name.
 *
 * <p>Those that a {@link TaskQueue} gives sort in the order in which they were given, and cannot be guessed.
 */
public record TaskId(String value) implements Comparable<TaskId> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    public TaskId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("task id: malformed (expected: " + ALLOWED + ")");
        }
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
