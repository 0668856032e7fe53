package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's way out of the cluster.
 *
 * <pre>
 *   none ── begin ──▶ draining ── drain delay ──▶ leaving ──▶ left
 *                                                    │ ▲
 *                                              fails ▼ │ begin, with no delay more
 *                                                   failed
 * </pre>
 *
 * <p>The node is out of traffic from the first beginning on, for good. The host's part runs on a daemon thread of its own,
 * {@code outrigger-leave}. Safe for use by any thread.
 */
public final class Leave {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.cluster");
    private static final String OPERATION = "cluster.leave";

    private final ClusterProvider provider;
    private final Runnable drain;
    private final Duration drainDelay;
    private final Loop loop;
    private final AuditEvents audit;

    /** Written under the lock of this. */
    private volatile State state = State.NONE;

    /** Guarded by this. */
    private boolean closed;

    /** The last one there was. Guarded by this. */
    private @Nullable Thread thread;

    private enum State {
        NONE,
        DRAINING,
        LEAVING,
        LEFT,
        FAILED
    }

    /**
     * @param drain takes the node out of traffic at once and for good
     * @param drainDelay from then to the call of the host's {@link ClusterProvider#leave()}
     * @param loop keeps the time until then
     * @param audit told how it went
     */
    public Leave(ClusterProvider provider, Runnable drain, Duration drainDelay, Loop loop, AuditEvents audit) {
        this.provider = requireNonNull(provider, "provider");
        this.drain = requireNonNull(drain, "drain");
        this.drainDelay = requireNonNull(drainDelay, "drainDelay");
        this.loop = requireNonNull(loop, "loop");
        this.audit = requireNonNull(audit, "audit");
    }

    /** Tells whether the node is on its way out, or out. */
    boolean isUnderWay() {
        State now = state;
        return now != State.NONE && now != State.FAILED;
    }

    /** Tells whether the host could not take the node out, and nobody has asked again since. One volatile read. */
    public boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Begins, unless it has begun already. Once this returns no probe says that the node is ready. */
    void begin() {
        Duration delay;
        synchronized (this) {
            if (isUnderWay() || closed) {
                return;
            }
            // Whoever was to notice the drain has had the time for it when the first attempt failed.
            delay = state == State.FAILED ? Duration.ZERO : drainDelay;
            drain.run();
            state = State.DRAINING;
        }
        audit.tell(OPERATION, "begun", "the host's part follows in " + delay.toMillis() + " ms");
        loop.schedule(this::launch, delay);
    }

    /** On the event loop. */
    private synchronized void launch() {
        if (closed || state != State.DRAINING) {
            return;
        }
        state = State.LEAVING;
        Thread leaving = new Thread(this::run, "outrigger-leave");
        leaving.setDaemon(true);
        thread = leaving;
        leaving.start();
    }

    private void run() {
        try {
            provider.leave();
            end(State.LEFT);
            audit.tell(OPERATION, "done", "this node has left the cluster");
        } catch (
                Throwable
                        failure) { // The host's code; whatever it throws, the node is still in the cluster, or may be.
            end(State.FAILED);
            LOG.error("This node could not leave the cluster, and stays out of traffic", failure);
            audit.tell(OPERATION, "failed", "this node is still in the cluster, or may be");
        }
    }

    private synchronized void end(State last) {
        state = last;
    }

    /**
     * Calls the host's part off if it has not begun; else waits for its end, but no longer than told. To be called before the
     * host shuts down. Where the host's part itself closes the sidecar there is nothing to wait for.
     */
    public void close(Duration patience) {
        Thread last;
        synchronized (this) {
            closed = true;
            last = thread;
        }
        if (last == null || last.equals(Thread.currentThread())) {
            return;
        }
        try {
            last.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
