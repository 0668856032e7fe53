package dev.outrigger.task;

/** The task is no longer this worker's: another may be at it already, and this one must not touch anything more. */
public final class TaskLeaseLostException extends TaskStopException {

    private static final long serialVersionUID = 1L;

    TaskLeaseLostException(TaskId id) {
        super("task " + id + ": the lease is lost");
    }
}
