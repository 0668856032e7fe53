package dev.outrigger.task;

/**
 * How tasks of one type are run. Immutable: each setter returns a copy.
 *
 * @param atOnce how many of them run at the same time in this process, at least 1; more wait, and keep no others waiting
 */
public record TaskOptions(int atOnce) {

    private static final TaskOptions DEFAULT = new TaskOptions(1);

    public TaskOptions {
        if (atOnce < 1) {
            throw new IllegalArgumentException("at once: " + atOnce + " (expected: >= 1)");
        }
    }

    /** One at a time. */
    public static TaskOptions defaults() {
        return DEFAULT;
    }

    /** Sets how many run at the same time, at least 1. Default: 1. */
    public TaskOptions atOnce(int newAtOnce) {
        return new TaskOptions(newAtOnce);
    }
}
