package dev.outrigger.task;

/**
 * Does the work of one type of tasks.
 *
 * <p>Called on a thread {@code outrigger-task-…}, by several at once where its {@linkplain TaskOptions#atOnce() options} allow
 * it. Work is done at least once: an attempt may follow one that was cut off at any point, so a handler finds out what is
 * there already, for which it may have {@linkplain TaskContext#save(String) saved} something. It is never interrupted, since an
 * interrupt closes any {@code FileChannel} the host is in: a handler that takes long asks {@link TaskContext#checkpoint()}
 * often, and ends by the exception that it may throw.
 */
@FunctionalInterface
public interface TaskHandler {

    /**
     * Does the work.
     *
     * @throws TaskFailure to say what went wrong, and whether trying again may help
     * @throws Exception if anything else went wrong: the task is tried again while it has attempts left. An {@link Error} fails
     *     the task for good
     */
    TaskResult run(TaskContext context) throws Exception;
}
