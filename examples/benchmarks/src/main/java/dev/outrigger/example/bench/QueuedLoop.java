package dev.outrigger.example.bench;

import dev.outrigger.ops.Loop;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An event loop whose turn comes when the benchmark says so, and on which nothing is ever late. */
final class QueuedLoop implements Loop {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Runs all tasks that wait. */
    void turn() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        // Only deadlines are scheduled, and all work is done before they could be met.
        return () -> {};
    }
}
