package dev.outrigger.ops;

import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckStatus;
import dev.outrigger.health.HealthReport;
import dev.outrigger.shard.ShardCounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The health of a node in one word, with a sentence for people.
 *
 * @param word {@code error}, {@code unhealthy}, {@code degraded}, {@code unknown} or {@code healthy}: the first that holds
 */
record OverallHealth(String word, String message) {

    static OverallHealth of(HealthReport report) {
        return error(report).or(() -> verdict(report)).orElseGet(() -> firstResults(report));
    }

    private static Optional<OverallHealth> error(HealthReport report) {
        if (report.shards().fault().isPresent()) {
            return Optional.of(new OverallHealth("error", "The shards' provider fails"));
        }
        ShardCounts counts = report.shards().counts().orElse(ShardCounts.NONE);
        return counts.active() > 0 && counts.unavailable() == counts.active()
                ? Optional.of(new OverallHealth("error", "No shard is available here"))
                : Optional.empty();
    }

    private static Optional<OverallHealth> verdict(HealthReport report) {
        return switch (report.status()) {
            case UNHEALTHY -> Optional.of(new OverallHealth("unhealthy", failing(report)));
            case DEGRADED -> Optional.of(new OverallHealth("degraded", failing(report)));
            case HEALTHY -> Optional.empty();
        };
    }

    private static String failing(HealthReport report) {
        List<String> checks =
                names(report, check -> check.status().isFailed() || check.status() == CheckStatus.DEGRADED);
        return checks.isEmpty() ? "Not every shard is well" : "Not well: " + String.join(", ", checks);
    }

    private static OverallHealth firstResults(HealthReport report) {
        List<String> unknown = names(report, check -> check.status() == CheckStatus.UNKNOWN);
        if (!unknown.isEmpty()) {
            return new OverallHealth("unknown", "No first result yet: " + String.join(", ", unknown));
        }
        return report.shards().counts().isEmpty()
                ? new OverallHealth("unknown", "The shards are not known yet")
                : new OverallHealth("healthy", "All is well");
    }

    private static List<String> names(HealthReport report, Predicate<CheckReport> which) {
        return report.checks().stream().filter(which).map(CheckReport::name).toList();
    }
}
