package dev.outrigger.file;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again and again, on a daemon thread of its own: reading may block, and must hold up neither the event loop
 * nor requests. Without anything to watch there is no thread.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.files");
    private static final long END_PATIENCE_MILLIS = 1_000;

    private final List<Watched> watched;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Makes a watch, which does not look yet.
     *
     * @param interval from the end of one look to the next
     * @throws IllegalArgumentException if the interval is not above 0
     */
    public FileWatch(List<? extends Watched> watched, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: > 0)");
        }
        this.watched = List.copyOf(watched);
        this.interval = interval;
        this.thread = new Thread(this::run, "outrigger-files");
        thread.setDaemon(true);
    }

    /** Begins to look, once the interval is over for the first time. To be called once. */
    public void start() {
        if (!watched.isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                watched.forEach(FileWatch::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Only closing interrupts, and that is the end.
        }
    }

    private static void look(Watched one) {
        try {
            one.look();
        } catch (Throwable e) { // One that fails must not keep the others from being looked at.
            LOG.error("{} could not be looked at", one.name(), e);
        }
    }

    /** Ends the looking. A thread that is held up by a file system that does not answer is left to end by itself. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(END_PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
