package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node out of traffic while the host is busy with something: recovery, a restore, a migration. The host keeps
 * the gate and opens it; a node has not {@linkplain Lifecycle#RUNNING started} before each of its gates was open once.
 *
 * <p>Safe for use by any thread. A gate belongs to at most one monitor.
 */
public final class ReadinessGate {

    /** Written under this gate's lock, read without. */
    private volatile GateReport state;

    /** Written once under this gate's lock. */
    private volatile @Nullable Runnable onChange;

    private ReadinessGate(GateReport state) {
        this.state = state;
    }

    /**
     * A gate that is closed.
     *
     * @param name of letters, digits, {@code . _ -}, at most 63
     * @param reason why, for authorised readers
     * @throws HealthConfigException if the name is not allowed
     */
    public static ReadinessGate closed(String name, String reason) {
        String allowed = new ComponentName(name).value();
        return new ReadinessGate(new GateReport(allowed, false, false, DetailCopy.text(reason), Optional.empty()));
    }

    /** A gate that is open, for the host to close later. */
    public static ReadinessGate opened(String name) {
        ReadinessGate gate = closed(name, "");
        gate.open();
        return gate;
    }

    /** Returns the gate's name. */
    public String name() {
        return state.name();
    }

    /** Tells whether the gate is open. */
    public boolean isOpen() {
        return state.open();
    }

    /** Opens the gate. Once this returns, probes see it. */
    public void open() {
        synchronized (this) {
            if (state.open()) {
                return;
            }
            state = state.opened();
        }
        tellMonitor();
    }

    /**
     * Closes the gate. Once this returns, no probe says that the node is ready.
     *
     * @param reason why, for authorised readers
     */
    public void close(String reason) {
        String text = DetailCopy.text(reason);
        synchronized (this) {
            state = state.closed(text);
        }
        tellMonitor();
    }

    /**
     * Says how far the work behind the gate has come. Cheap enough for a tight loop: it is published within a second.
     *
     * @param done how much is done, in any unit
     * @param total of how much, or a negative number while that is not known
     * @param phase what is going on, for anybody who reads {@code /startup}
     */
    public void progress(long done, long total, String phase) {
        Progress progress = Progress.reported(done, total, phase);
        synchronized (this) {
            state = state.at(progress);
        }
    }

    GateReport report() {
        return state;
    }

    /** Makes the gate part of a monitor, which is told on the caller's thread when the gate opens or closes. */
    synchronized void attach(Runnable listener) {
        requireNonNull(listener, "listener");
        if (onChange != null) {
            throw new HealthConfigException(
                    "gate: '" + name() + "' belongs to another monitor (expected: one of its own)");
        }
        onChange = listener;
    }

    private void tellMonitor() {
        Runnable listener = onChange;
        if (listener != null) {
            listener.run();
        }
    }
}
