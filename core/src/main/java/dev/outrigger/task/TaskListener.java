package dev.outrigger.task;

/**
 * Is told what happens to one task.
 *
 * <p>Called in the order of the events, never by two threads at once: on threads {@code outrigger-task-…}, and on those that
 * subscribe, enqueue, cancel and retry. It must not block nor call the queue, since that keeps the task and its other listeners
 * waiting.
 */
@FunctionalInterface
public interface TaskListener {

    /**
     * Takes one event.
     *
     * @return whether to go on; false ends the subscription
     */
    boolean tell(TaskEvent event);

    /** Nothing follows, since the task has ended or the queue closes. Called at most once, and not where the listener itself ended it. */
    default void ended() {}
}
