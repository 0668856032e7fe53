package dev.outrigger.health;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that checks run on: as many as calls are running, each let go after a while with nothing to do. A call
 * that hangs keeps its own and nobody else's.
 */
final class CheckThreads implements Executor {

    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger made = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Lets all threads go that are idle, and those of running calls as soon as these end. Interrupts no call. */
    void close(Duration patience) throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "outrigger-check-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
