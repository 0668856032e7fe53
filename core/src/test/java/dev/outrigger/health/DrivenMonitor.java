package dev.outrigger.health;

import java.time.Duration;

/** A monitor whose time, threads and ticks a test has in hand. */
public final class DrivenMonitor {

    private static final Duration STEP = Duration.ofMillis(50);

    public final ManualTime time = new ManualTime();
    public final ManualExecutor executor = new ManualExecutor();
    public final HealthMonitor monitor;

    public DrivenMonitor(HealthMonitorBuilder builder) {
        monitor = builder.clocks(time, time).executor(executor).build();
        monitor.begin();
    }

    public HealthReport report() {
        return monitor.report();
    }

    public CheckReport check(String name) {
        return report().check(name).orElseThrow();
    }

    /** Ticks, runs every call that is due, and ticks again to take the results in. */
    public void settle() {
        monitor.tick();
        executor.runAll();
        monitor.tick();
    }

    /** Lets time pass with the monitor awake, while no call gets anywhere. */
    public void pass(Duration duration) {
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            time.move(left.compareTo(STEP) < 0 ? left : STEP);
            monitor.tick();
        }
    }

    /** Lets time pass with every call answering at once. */
    public void live(Duration duration) {
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            time.move(left.compareTo(STEP) < 0 ? left : STEP);
            settle();
        }
    }
}
