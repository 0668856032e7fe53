package dev.outrigger.task;

/**
 * How tasks of one type are run. Immutable: each setter returns a copy.
 *
 * @param atOnce how many of them run at the same time in this process, at least 1; more wait, and keep no others waiting
 * @param undoesCanceled whether one that is called off while it waits is given to its handler all the same, to undo what is there of it
 */
public record TaskOptions(int atOnce, boolean undoesCanceled) {

    private static final TaskOptions DEFAULT = new TaskOptions(1, false);

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
        return new TaskOptions(newAtOnce, undoesCanceled);
    }

    /**
     * Has a task that is called off while it waits begun once more, at once and beside those that run, with {@link
     * TaskContext#checkpoint()} throwing from the start: for handlers that leave something behind between two attempts, or before the
     * first. It is canceled when its handler has let go. Default: it is canceled at once, and its handler never hears of it.
     */
    public TaskOptions undoing() {
        return new TaskOptions(atOnce, true);
    }
}
