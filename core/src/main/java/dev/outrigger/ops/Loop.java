package dev.outrigger.ops;

import java.time.Duration;

/**
 * The event loop, as handlers on {@link dev.outrigger.http.Lane#LOOP} see it: one thread that they, and what they hand in
 * here, run on. Implemented by the transport.
 */
public interface Loop {

    /** Runs the task on the loop, soon; at once or never once the loop has shut down. From any thread. */
    void execute(Runnable task);

    /** Runs the task on the loop after the delay, unless it is called off before. From any thread. */
    Timer schedule(Runnable task, Duration delay);

    /** A task that is still to come. */
    @FunctionalInterface
    interface Timer {

        /** Calls the task off, and lets go of it. Of no effect once it has begun. From any thread. */
        void cancel();
    }
}
