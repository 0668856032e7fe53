package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which tasks a reader asks for, the newest first. Immutable: each setter returns a copy.
 *
 * @param state empty for any
 * @param before only those that are older than this one, which need not be there any more
 * @param limit at most so many, at least 1
 */
public record TaskPage(Optional<TaskState> state, Optional<TaskId> before, int limit) {

    public TaskPage {
        requireNonNull(state, "state");
        requireNonNull(before, "before");
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: >= 1)");
        }
    }

    /** The newest tasks, whatever their state. */
    public static TaskPage newest(int limit) {
        return new TaskPage(Optional.empty(), Optional.empty(), limit);
    }

    /** Only those in a state. Default: any. */
    public TaskPage in(TaskState newState) {
        return new TaskPage(Optional.of(newState), before, limit);
    }

    /** Only those older than a task, such as the last of the page before. Default: from the newest on. */
    public TaskPage before(TaskId id) {
        return new TaskPage(state, Optional.of(id), limit);
    }
}
