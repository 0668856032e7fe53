package dev.outrigger.health;

/** A check that runs in the background and decides nothing. Safe for use by any thread; it ends with its monitor. */
public final class Watch implements AutoCloseable {

    private final HealthMonitor monitor;
    private final CheckSlot slot;

    Watch(HealthMonitor monitor, CheckSlot slot) {
        this.monitor = monitor;
        this.slot = slot;
    }

    /** Returns what has come of the check so far. Waits for the monitor's lock, so never on an event loop. */
    public CheckReport report() {
        return monitor.reportOf(slot);
    }

    /** Ends the watch: nothing is called any more, and a call that runs is left to end. */
    @Override
    public void close() {
        monitor.unwatch(slot);
    }
}
