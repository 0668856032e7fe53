package dev.outrigger.health;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call into the host: run on a thread of its own, watched by the monitor.
 *
 * @param <T> what the call returns
 */
final class SlotRun<T> implements Runnable {

    private static final int DEEPEST_STACK = 64;

    private final Callable<T> call;
    private final MonitorTime time;
    private final Runnable onEnd;
    private final long startedElapsed;
    private final long startedRunning;

    /** The thread the call is on, while it is. Guarded by this, so that no interrupt reaches the thread's next task. */
    private @Nullable Thread thread;

    private volatile @Nullable End<T> end;

    SlotRun(Callable<T> call, MonitorTime time, Runnable onEnd) {
        this.call = call;
        this.time = time;
        this.onEnd = onEnd;
        this.startedElapsed = time.elapsed();
        this.startedRunning = time.running();
    }

    /** How a call ended: with a value, or with the text of what it threw. */
    record End<T>(Optional<T> value, String failure, Instant at, long elapsedAt, long runningAt) {}

    @Override
    public void run() {
        enter();
        End<T> ended = attempt();
        leave();
        end = ended;
        onEnd.run();
    }

    /** Ends a run that never got a thread. */
    void refuse(Throwable reason) {
        end = ended(Optional.empty(), "no thread for it: " + describe(reason));
    }

    @Nullable
    End<T> end() {
        return end;
    }

    long startedElapsed() {
        return startedElapsed;
    }

    long startedRunning() {
        return startedRunning;
    }

    /** Returns where the call is now, innermost frame first; empty once it has ended. */
    synchronized List<String> stack() {
        if (thread == null) {
            return List.of();
        }
        return Arrays.stream(thread.getStackTrace())
                .limit(DEEPEST_STACK)
                .map(StackTraceElement::toString)
                .toList();
    }

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void enter() {
        thread = Thread.currentThread();
    }

    private synchronized void leave() {
        thread = null;
        // An interrupt was meant for the call; the thread goes on to serve others.
        Thread.interrupted();
    }

    // Whatever the host throws, an Error too, fails its own check and nothing else.
    private End<T> attempt() {
        try {
            Optional<T> value = Optional.ofNullable(call.call());
            return ended(value, "it returned null");
        } catch (Throwable thrown) {
            return ended(Optional.empty(), describe(thrown));
        }
    }

    private End<T> ended(Optional<T> value, String failure) {
        return new End<>(value, failure, time.instant(), time.elapsed(), time.running());
    }

    /** A host's exception may even throw when asked for its message. */
    private static String describe(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return DetailCopy.text(message == null ? thrown.getClass().getSimpleName() : message);
        } catch (Throwable worse) {
            return thrown.getClass().getSimpleName();
        }
    }
}
