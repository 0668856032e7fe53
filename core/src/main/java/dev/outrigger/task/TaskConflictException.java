package dev.outrigger.task;

/** What was asked for cannot be done to a task that stands where this one does. */
public final class TaskConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Where it stands. */
    private final TaskState state;

    TaskConflictException(TaskState state, String expected) {
        super("state: " + state.word() + " (expected: " + expected + ")");
        this.state = state;
    }

    /** Where the task stands. */
    public TaskState state() {
        return state;
    }
}
