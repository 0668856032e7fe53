package dev.outrigger.ops;

import java.time.Duration;

/**
 * The event loop, as handlers on {@link dev.outrigger.http.Lane#LOOP} see it: one thread that they, and what they hand in
 * here, run on. Implemented by the transport.
 */
public interface Loop {

    /** Runs the task on the loop, soon; at once or never once the loop has shut down. From any thread. */
    void execute(Runnable task);

    /** Runs the task on the loop after the delay. From any thread. */
    void schedule(Runnable task, Duration delay);
}
