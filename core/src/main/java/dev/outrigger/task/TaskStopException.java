package dev.outrigger.task;

/**
 * Ends an attempt that is not to go on. A handler lets it go, once it has cleaned up what the reason asks for.
 *
 * <p>Where a handler turns it into another exception, the task ends as it would have; where a handler goes on and succeeds
 * nevertheless, the task is completed, unless its lease is lost.
 */
public abstract sealed class TaskStopException extends RuntimeException
        permits TaskCanceledException, TaskQueueClosingException, TaskLeaseLostException {

    private static final long serialVersionUID = 1L;

    TaskStopException(String message) {
        super(message);
    }
}
