package dev.outrigger.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the monitor's tick when it is due, or when somebody wakes it. */
final class MonitorThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.health");
    private static final long AFTER_A_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier tick;
    private final Thread thread = new Thread(this, "outrigger-monitor");
    private volatile boolean stopped;

    /**
     * @param tick does what is due, and returns the nanoseconds until there is more
     */
    MonitorThread(LongSupplier tick) {
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
        if (!thread.equals(Thread.currentThread())) {
            thread.join(patience.toMillis());
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, tickSafely());
            // A stray interrupt would turn parking into spinning.
            Thread.interrupted();
        }
    }

    /** The monitor outlives whatever happens in a tick, a lack of memory included. */
    private long tickSafely() {
        try {
            return tick.getAsLong();
        } catch (RuntimeException | Error failure) {
            report(failure);
            return AFTER_A_FAILURE;
        }
    }

    private static void report(Throwable failure) {
        try {
            LOG.error("the health monitor failed, and goes on", failure);
        } catch (RuntimeException | Error worse) {
            failure.addSuppressed(worse);
        }
    }
}
