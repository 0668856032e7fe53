package dev.outrigger.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps tasks until a test runs them. */
public final class ManualExecutor implements Executor {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean refusing;

    @Override
    public void execute(Runnable task) {
        if (refusing) {
            throw new RejectedExecutionException("full");
        }
        waiting.add(task);
    }

    public int waiting() {
        return waiting.size();
    }

    public void refuse(boolean newRefusing) {
        refusing = newRefusing;
    }

    public void runNext() {
        waiting.remove().run();
    }

    public void runAll() {
        while (!waiting.isEmpty()) {
            runNext();
        }
    }
}
