package dev.outrigger.example.kv.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A fixed number of workers behind a bounded queue. Safe for use by many threads. */
public final class WorkerPool implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final BlockingQueue<Work> queue;
    private final List<Worker> workers;
    private volatile boolean ending;

    /**
     * Prepares the workers; {@link #start()} starts them.
     *
     * @param size how many workers
     * @param queueCapacity how many pieces of work may wait
     */
    public WorkerPool(int size, int queueCapacity) {
        this.queue = new ArrayBlockingQueue<>(queueCapacity);
        this.workers = IntStream.rangeClosed(1, size)
                .mapToObj(n -> new Worker(n, queue))
                .toList();
    }

    /** Starts the workers. Called once. */
    public void start() {
        workers.forEach(Worker::start);
    }

    /** Hands work to the workers; returns false when too much is waiting already. Never blocks. */
    public boolean offer(Work work) {
        return queue.offer(work);
    }

    /** Returns how the workers are. */
    public WorkerReport report() {
        int alive = (int) workers.stream().filter(Worker::isAlive).count();
        long longest = workers.stream().mapToLong(Worker::busyNanos).max().orElse(0);
        int busy =
                (int) workers.stream().filter(worker -> worker.busyNanos() > 0).count();
        int expected =
                ending ? alive : workers.size(); // Who was told to go is not missed: a node that stops is not sick.
        return new WorkerReport(expected, alive, busy, queue.size(), Duration.ofNanos(longest));
    }

    /**
     * Lets the workers finish what is queued, and ends them. Gives up on one that hangs: it is a daemon. A caller that has been
     * interrupted, to hurry, stays so and waits here all the same.
     */
    @Override
    public void close() {
        ending = true;
        boolean hurried = Thread.interrupted();
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            if (workers.stream().anyMatch(Worker::isAlive)) {
                queue.offer(Worker.STOP, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            for (Worker worker : workers) {
                worker.join(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            hurried = true;
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
