package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own, at a pace, and sooner when asked. */
final class Turns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Runnable action;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * @param action lets nothing out
     */
    Turns(String name, Runnable action) {
        this.name = requireNonNull(name, "name");
        this.action = requireNonNull(action, "action");
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "outrigger-raft-" + name);
            made.setDaemon(true);
            return made;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action lets nothing out
    void start(Duration pace) {
        thread.scheduleWithFixedDelay(this::turn, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has a turn taken soon. */
    void hurry() {
        if (asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::turn);
            } catch (RejectedExecutionException e) {
                LOG.debug("closed meanwhile", e);
            }
        }
    }

    /** Interrupts the turn that is taken, and waits until the thread is gone. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The thread outrigger-raft-{} does not end", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        asked.set(false);
        action.run();
    }
}
