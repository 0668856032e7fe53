package dev.outrigger.task;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads that handlers run on, {@code outrigger-task-1} and so on, each let go after a while with nothing to do. */
final class TaskThreads implements Executor {

    private static final long IDLE_SECONDS = 10;

    /** The last one of each number. Guarded by itself. */
    private final Map<Integer, Thread> made = new TreeMap<>();

    private final ThreadPoolExecutor threads;

    /**
     * @param number how many there are at most
     */
    TaskThreads(int number) {
        this.threads = new ThreadPoolExecutor(
                Math.max(1, number),
                Math.max(1, number),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    private Thread thread(Runnable work) {
        synchronized (made) {
            int number = 1;
            while (isInUse(made.get(number))) {
                number++;
            }
            Thread thread = new Thread(work, "outrigger-task-" + number);
            thread.setDaemon(true);
            made.put(number, thread);
            return thread;
        }
    }

    /** A thread that has not been started yet is in use too. */
    private static boolean isInUse(@Nullable Thread thread) {
        return thread != null && thread.getState() != Thread.State.TERMINATED;
    }

    /** Lets the threads go as soon as their work ends, and waits for that. Interrupts none. */
    void close(Duration patience) throws InterruptedException {
        threads.shutdown();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : all()) {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        }
    }

    private Set<Thread> all() {
        synchronized (made) {
            return Set.copyOf(made.values());
        }
    }
}
