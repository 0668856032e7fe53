package dev.outrigger.task;

/** The queue closes: the attempt ends here, does not count, and the task goes on at the next start. */
public final class TaskQueueClosingException extends TaskStopException {

    private static final long serialVersionUID = 1L;

    TaskQueueClosingException(TaskId id) {
        super("task " + id + ": its queue closes");
    }
}
