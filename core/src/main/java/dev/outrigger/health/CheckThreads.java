package dev.outrigger.health;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that checks run on: as many as calls are running, each let go after a while with nothing to do. A call
 * that hangs keeps its own and nobody else's.
 */
final class CheckThreads implements Executor {

    private static final long IDLE_SECONDS = 2;

    /** The numbers of the threads there are. Guarded by itself. */
    private final BitSet numbers = new BitSet();

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
        int number = takeNumber();
        Thread thread = new Thread(() -> workAs(number, work), "outrigger-check-" + number);
        thread.setDaemon(true);
        return thread;
    }

    private void workAs(int number, Runnable work) {
        try {
            work.run();
        } finally {
            giveBack(number);
        }
    }

    /** The lowest that is free, so that names do not count up for years. */
    private int takeNumber() {
        synchronized (numbers) {
            int number = numbers.nextClearBit(1);
            numbers.set(number);
            return number;
        }
    }

    private void giveBack(int number) {
        synchronized (numbers) {
            numbers.clear(number);
        }
    }
}
