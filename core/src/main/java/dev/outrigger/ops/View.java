package dev.outrigger.ops;

import dev.outrigger.health.CheckReport;
import dev.outrigger.health.HealthReport;
import dev.outrigger.health.HealthStatus;
import dev.outrigger.health.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A report, and whether it is still worth anything. Immutable.
 *
 * @param stalled whether the monitor has not published for so long that its last word does not make the node ready
 */
record View(HealthReport report, boolean stalled) {

    View overChecks(Predicate<CheckReport> included) {
        return new View(report.overChecks(included), stalled);
    }

    boolean isReady() {
        return !stalled && report.isReady();
    }

    List<String> reasons() {
        if (!stalled) {
            return report.reasons();
        }
        List<String> reasons = new ArrayList<>(report.reasons());
        reasons.add("monitor_stalled");
        return List.copyOf(reasons);
    }

    boolean isLive() {
        return report.status() != HealthStatus.UNHEALTHY;
    }

    boolean isDegraded() {
        return report.status() == HealthStatus.DEGRADED;
    }

    boolean isDraining() {
        return report.lifecycle() == Lifecycle.DRAINING || report.lifecycle() == Lifecycle.CLOSED;
    }

    List<String> failedChecks() {
        return report.checks().stream()
                .filter(check -> check.status().isFailed())
                .map(CheckReport::name)
                .toList();
    }
}
