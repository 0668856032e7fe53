package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, on a daemon thread of its own, until closed. */
final class Pace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pace.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Runnable action;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean ended;

    /**
     * Prepares the thread; {@link #start()} starts it.
     *
     * @param name of the thread
     * @param pause from the end of one time to the beginning of the next
     */
    Pace(String name, Duration pause, Runnable action) {
        this.action = requireNonNull(action, "action");
        this.pause = requireNonNull(pause, "pause");
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!ended) {
            act();
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                return; // only close() interrupts it
            }
        }
    }

    private void act() {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (!ended) {
                LOG.warn("{} failed, and is tried again", thread.getName(), e);
            }
        }
    }

    /** Waits for what is under way, for at most ten seconds. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
