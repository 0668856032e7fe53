package dev.outrigger.example.kv.work;

import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that takes work from a queue, and stamps when it began its present step. */
final class Worker implements Runnable {

    /** Ends the worker that takes it, which hands it on to the next. */
    static final Work STOP = heartbeat -> {};

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final BlockingQueue<Work> queue;
    private final Thread thread;
    private volatile boolean busy;
    private volatile long stepBegan; // System.nanoTime(), meaningful while busy

    Worker(int number, BlockingQueue<Work> queue) {
        this.queue = queue;
        this.thread = new Thread(this, "kv-worker-" + number);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Returns for how long the present step has been running, 0 where there is none. */
    long busyNanos() {
        long began = stepBegan;
        return busy ? Math.max(0, System.nanoTime() - began) : 0;
    }

    void join(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one STOP, and work has no other equality
    public void run() {
        try {
            for (Work work = queue.take(); work != STOP; work = queue.take()) {
                perform(work);
            }
            queue.offer(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets an {@link Error} end the thread: after running out of memory or of stack nobody knows what was left half done, and
     * the liveness check is there to have the process replaced.
     */
    private void perform(Work work) {
        beat();
        busy = true;
        try {
            work.run(this::beat);
        } catch (RuntimeException e) {
            LOG.error("A piece of work failed", e);
        } finally {
            busy = false;
        }
    }

    private void beat() {
        stepBegan = System.nanoTime();
    }
}
