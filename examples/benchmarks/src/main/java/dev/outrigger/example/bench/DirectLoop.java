package dev.outrigger.example.bench;

import dev.outrigger.ops.Loop;
import java.time.Duration;

/** An event loop that is the caller's own thread, and on which nothing is ever late. */
final class DirectLoop implements Loop {

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        // Only deadlines are scheduled, and all work is done before they could be met.
    }
}
