package dev.outrigger.example.kv.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.work.WorkerPool;
import dev.outrigger.example.kv.work.WorkerReport;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.time.Duration;

/** Are the threads there that requests run on, and none at one request for ever? */
public final class WorkersCheck implements HealthCheck {

    private static final Duration STUCK = Duration.ofSeconds(30);

    private final WorkerPool workers;

    public WorkersCheck(WorkerPool workers) {
        this.workers = requireNonNull(workers, "workers");
    }

    @Override
    public HealthResult check() {
        WorkerReport report = workers.report();
        return verdict(report)
                .withDetail("workers", report.expected())
                .withDetail("alive", report.alive())
                .withDetail("busy", report.busy())
                .withDetail("connections_waiting", report.waiting())
                .withDetail("longest_request_ms", report.longestStep().toMillis());
    }

    private static HealthResult verdict(WorkerReport report) {
        if (report.isShort()) {
            return HealthResult.unhealthy(report.alive() + " of " + report.expected() + " workers are alive");
        }
        if (report.isStuck(STUCK)) {
            return HealthResult.unhealthy("a worker has been at one request for "
                    + report.longestStep().toSeconds() + " s");
        }
        return HealthResult.healthy();
    }
}
