package dev.outrigger.netty;

import dev.outrigger.ops.CallLane;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads of one lane. They begin with the first request that needs them and end when there is none for a while.
 *
 * <p>A new request is taken only if not too many wait already; what has been taken is always gone on with, so that the number
 * of waiting tasks is bounded by the number of connections.
 */
final class LaneThreads implements CallLane {

    private static final long KEEP_ALIVE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final int maxWaiting;

    LaneThreads(String name, int count, int maxWaiting) {
        this.maxWaiting = maxWaiting;
        this.threads = new ThreadPoolExecutor(
                count, count, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        threads.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory daemons(String lane) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "outrigger-" + lane + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Takes a new request, unless the lane is full or closed. */
    boolean offer(Runnable task) {
        if (threads.getQueue().size() >= maxWaiting) {
            return false;
        }
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /**
     * Goes on with a request that was taken before.
     *
     * @throws RejectedExecutionException if the lane is closed
     */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public synchronized void writeOff() {
        threads.setMaximumPoolSize(threads.getMaximumPoolSize() + 1);
        threads.setCorePoolSize(threads.getCorePoolSize() + 1);
    }

    @Override
    public synchronized void takeBack() {
        threads.setCorePoolSize(threads.getCorePoolSize() - 1);
        threads.setMaximumPoolSize(threads.getMaximumPoolSize() - 1);
    }

    /** Takes nothing more; threads that are in a handler's hands end when they come back. */
    void close() {
        threads.shutdown();
    }
}
