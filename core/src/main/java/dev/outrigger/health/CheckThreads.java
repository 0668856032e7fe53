package dev.outrigger.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that checks run on: as many as calls are running, each let go after a while with nothing to do. A call
 * that hangs keeps its own and nobody else's.
 */
final class CheckThreads implements Executor {

    private static final long IDLE_SECONDS = 2;

    /** The threads there are, and some that have ended, by the number in their name. Guarded by itself. */
    private final Map<Integer, Thread> made = new TreeMap<>();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Lets all threads go that are idle, and those of running calls as soon as these end. Interrupts no call. */
    void close(Duration patience) throws InterruptedException {
        threads.shutdown();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : made()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            // Joined, rather than waited for by the pool, which counts a thread out just before it has ended.
            thread.join(Math.max(1, left));
        }
    }

    private List<Thread> made() {
        synchronized (made) {
            return List.copyOf(made.values());
        }
    }

    private Thread thread(Runnable work) {
        synchronized (made) {
            int number = lowestFree();
            Thread thread = new Thread(work, "outrigger-check-" + number);
            thread.setDaemon(true);
            made.put(number, thread);
            return thread;
        }
    }

    /** So that names do not count up for years. */
    private int lowestFree() {
        int number = 1;
        while (isInUse(made.get(number))) {
            number++;
        }
        return number;
    }

    /** A thread that has not been started yet is in use too. */
    private static boolean isInUse(@Nullable Thread thread) {
        return thread != null && thread.getState() != Thread.State.TERMINATED;
    }
}
