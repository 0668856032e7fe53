package dev.outrigger.health;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs changes of verdict on a check thread, one writer at a time: a log that blocks on a full disk must not hold up the
 * monitor that has to say so.
 */
final class TransitionLog implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.health");
    private static final int MOST_WAITING = 256;

    /** Guarded by itself. */
    private final Queue<Transition> waiting = new ArrayDeque<>();

    /** Whether a writer is at work. Guarded by {@code waiting}. */
    private boolean writing;

    void write(List<Transition> transitions, Executor executor) {
        if (!transitions.isEmpty() && LOG.isInfoEnabled() && offer(transitions)) {
            try {
                executor.execute(this);
            } catch (RuntimeException | Error noThread) {
                stopWriting();
            }
        }
    }

    @Override
    public void run() {
        for (Transition next = take(); next != null; next = take()) {
            LOG.atInfo()
                    .addKeyValue("subject", next.subject())
                    .addKeyValue("from", next.from())
                    .addKeyValue("to", next.to())
                    .addKeyValue("reason", next.reason())
                    .log("{} is {}", next.subject(), next.to());
        }
    }

    /** Returns whether a writer has to be started. */
    private boolean offer(List<Transition> transitions) {
        synchronized (waiting) {
            for (Transition transition : transitions) {
                if (waiting.size() < MOST_WAITING) {
                    waiting.add(transition);
                }
            }
            boolean idle = !writing;
            writing = true;
            return idle;
        }
    }

    private @Nullable Transition take() {
        synchronized (waiting) {
            Transition next = waiting.poll();
            writing = next != null;
            return next;
        }
    }

    private void stopWriting() {
        synchronized (waiting) {
            writing = false;
        }
    }
}
