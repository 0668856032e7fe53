package dev.outrigger.task;

/** The task was called off: what the attempt has left is to be cleaned up, and the task is {@link TaskState#CANCELED}. */
public final class TaskCanceledException extends TaskStopException {

    private static final long serialVersionUID = 1L;

    TaskCanceledException(TaskId id) {
        super("task " + id + ": canceled");
    }
}
