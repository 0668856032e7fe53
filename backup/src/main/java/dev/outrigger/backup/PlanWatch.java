package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.restore.Reconciler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a member look at the plans of restores again and again, on a daemon thread {@code outrigger-restore-plans}, and lends it threads
 * {@code outrigger-restore-stage-N} and {@code outrigger-restore-swap-N} for what it has to do, which end when there is nothing.
 */
final class PlanWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlanWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int IDLE_SECONDS = 5;

    /** More tables at once wait for the next look. */
    private static final int MOST_SWAPS = 32;

    private final Duration every;
    private final ExecutorService staging;
    private final ExecutorService swapping;
    private final Reconciler reconciler;
    private final Thread thread = new Thread(this::run, "outrigger-restore-plans");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Prepares to look; nothing begins before {@link #start()}.
     *
     * @param every how long it waits between two looks
     * @param reconciler makes what looks, of threads to stage on and threads for the rest
     */
    PlanWatch(Duration every, BiFunction<Executor, Executor, Reconciler> reconciler) {
        this.every = requireNonNull(every, "every");
        this.staging = new ThreadPoolExecutor(
                0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("stage"));
        this.swapping = new ThreadPoolExecutor(
                0, MOST_SWAPS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("swap"));
        this.reconciler = reconciler.apply(staging, swapping);
        thread.setDaemon(true);
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "outrigger-restore-" + name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    void start() {
        if (!closed.get() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.warn("Somebody interrupted the watch over plans of restores, which ends", e);
        }
    }

    private void look() {
        try {
            reconciler.look();
        } catch (RuntimeException e) { // Of the host's: the next look may fare better.
            LOG.warn("A look at the plans of restores failed", e);
        }
    }

    /** Ends it, and waits a while for what the host is in the middle of, without an interrupt. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        reconciler.stop();
        staging.shutdown();
        swapping.shutdown();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            thread.join(PATIENCE.toMillis());
            boolean staged = staging.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            boolean swapped = swapping.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!staged || !swapped) {
                LOG.warn("What is done for a restore has not ended, and goes on at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
