package dev.outrigger.task;

import java.util.Optional;

/**
 * What a handler is given for one attempt at a task.
 *
 * <p>Safe for use by the threads that a handler shares its work with. All that is written here is fenced: once another worker has
 * the task, or the queue has given up waiting for this one, every call but {@link #task()} and {@link #isStopping()} throws
 * {@link TaskLeaseLostException}, and whatever the handler returns has no effect.
 */
public interface TaskContext {

    /** The largest text that can be saved. */
    int MAX_SAVED_BYTES = 1024 * 1024;

    /** The task as it was when this attempt began; {@link Task#attempts()} counts this one. */
    Task task();

    /** What was {@linkplain #save(String) saved} last, by this attempt or one before. */
    Optional<String> saved();

    /**
     * Records what a later attempt has to know, such as which shards are finished, in place of what was saved before. On disk
     * when this returns, which takes as long as a forced write does.
     *
     * @param text of the handler's own, at most 1 MiB as UTF-8, no secret
     * @throws TaskStoreException if it could not be written
     */
    void save(String text);

    /** Tells how far the work has come. Cheap enough for a tight loop: shown twice a second, recorded every few seconds. */
    void progress(TaskProgress progress);

    /**
     * Tells those who watch the task something, now.
     *
     * @param line for people; no secret, no path of the machine; cut after 500 characters
     */
    void log(String line);

    /**
     * Returns if the attempt is to go on. To be asked often, at least every second; it costs two volatile reads.
     *
     * @throws TaskCanceledException if the task was called off: clean up and let the exception go
     * @throws TaskQueueClosingException if the queue closes: let go, and the task goes on at the next start
     * @throws TaskLeaseLostException if the task is no longer this worker's: touch nothing more
     */
    void checkpoint();

    /** Tells whether {@link #checkpoint()} would throw, for loops that cannot be left by an exception. */
    boolean isStopping();
}
