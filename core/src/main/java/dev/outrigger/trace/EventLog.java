package dev.outrigger.trace;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the event loop and the lanes, and has them written by one thread, {@code outrigger-log}: an appender that
 * blocks on a full disk must not hold up a probe.
 *
 * <p>At most 4,096 wait. Beyond that an access event is dropped and counted, and what is to be audited waits, without a
 * thread, until there is room: nothing is written unaudited. The thread begins with the first event. Safe for any thread.
 */
public final class EventLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.sidecar");
    private static final int CAPACITY = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventRing ring = new EventRing(CAPACITY);

    /** Audit events that found the ring full, oldest first; at most one for each connection. */
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::writeAll, "outrigger-log");
    private volatile boolean asleep;
    private volatile boolean closed;

    private record Waiting(AuditEvent event, CompletableFuture<@Nullable Void> taken) {}

    /** Makes a log, without a thread yet. */
    public EventLog() {
        writer.setDaemon(true);
    }

    /** Takes an access event, or drops it where there is no room. Never waits. */
    public void access(AccessEvent event) {
        // What is to be audited goes first.
        if (waiting.isEmpty() && !closed && ring.offer(event)) {
            wake();
        } else {
            dropped.incrementAndGet();
        }
    }

    /**
     * Takes an audit event.
     *
     * @return completes when the event is taken: at once, or on the writing thread when there is room
     */
    public CompletionStage<@Nullable Void> audit(AuditEvent event) {
        requireNonNull(event, "event");
        if (closed) {
            write(event); // A handler that outlived the sidecar: what it did is not to be lost.
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
        if (waiting.isEmpty() && ring.offer(event)) {
            taken.complete(null);
        } else {
            waiting.add(new Waiting(event, taken));
        }
        wake();
        return taken;
    }

    /** How many access events were dropped since the beginning. */
    public long dropped() {
        return dropped.get();
    }

    private void wake() {
        if (!started.get() && started.compareAndSet(false, true)) {
            writer.start();
        } else if (asleep) {
            LockSupport.unpark(writer);
        }
    }

    private void writeAll() {
        while (true) {
            LogEvent event = ring.poll();
            letIn();
            if (event != null) {
                write(event);
            } else if (closed && ring.isEmpty()) {
                return;
            } else {
                sleep();
            }
        }
    }

    private void letIn() {
        Waiting next = waiting.peek();
        while (next != null && ring.offer(next.event)) {
            waiting.remove();
            next.taken.complete(null);
            next = waiting.peek();
        }
    }

    private static void write(LogEvent event) {
        try {
            event.write();
        } catch (Throwable e) { // The host's log is behind this, and one that fails must not end all writing.
            LOG.debug("An event could not be logged", e);
        }
    }

    private void sleep() {
        asleep = true;
        // Whoever adds something looks at the flag afterwards: one of the two sees the other.
        if (ring.isEmpty() && waiting.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    /**
     * Writes what has been taken, and ends. Returns after 2 s at the latest: a log that hangs is left behind, since an
     * interrupt could close the file it is in.
     */
    @Override
    public void close() {
        closed = true;
        if (started.get()) {
            LockSupport.unpark(writer);
            try {
                writer.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
