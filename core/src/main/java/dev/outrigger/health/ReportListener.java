package dev.outrigger.health;

/** Is shown each report just before readers of {@link HealthMonitor#report()} see it. */
@FunctionalInterface
public interface ReportListener {

    /**
     * Takes a report. Called on whichever thread publishes it, by one at a time, in the order of their
     * {@linkplain HealthReport#sequence() numbers}. Returns soon and does not call the monitor; what it throws is
     * logged and otherwise ignored.
     */
    void published(HealthReport report);
}
