package dev.outrigger.task;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a queue's tick when it is due, or when somebody wakes it. */
final class TaskTimer implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Duration> tick;
    private final Thread thread = new Thread(this, "outrigger-task-timer");
    private volatile boolean stopped;

    /**
     * @param tick does what is due, and returns the time until there is more
     */
    TaskTimer(Supplier<Duration> tick) {
        this.tick = tick;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    void stop(Duration patience) throws InterruptedException {
        stopped = true;
        wake();
        if (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            thread.join(Math.max(1, patience.toMillis()));
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, tickSafely().toNanos());
            // A stray interrupt would turn parking into spinning.
            Thread.interrupted();
        }
    }

    /** The queue outlives whatever happens in a tick, a lack of memory included. */
    private Duration tickSafely() {
        try {
            return tick.get();
        } catch (RuntimeException | Error failure) {
            report(failure);
            return AFTER_A_FAILURE;
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.error("A task queue failed, and goes on", failure);
        } catch (RuntimeException | Error worse) {
            failure.addSuppressed(worse);
        }
    }
}
