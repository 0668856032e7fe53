package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckStatus;
import dev.outrigger.health.HealthReport;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.SampleCursor;
import dev.outrigger.shard.ShardCounts;
import dev.outrigger.shard.ShardStatus;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows the health of the node as metrics, all of one scrape from the same report.
 *
 * <p>Safe for any thread.
 */
public final class HealthMetrics implements MetricsSource {

    private static final double HEALTHY = 1;
    private static final double DEGRADED = 0.5;
    private static final double FAILED = 0;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String prefix;
    private final Supplier<HealthReport> latest;

    private HealthMetrics(String prefix, Supplier<HealthReport> latest) {
        this.prefix = prefix;
        this.latest = latest;
    }

    /**
     * Returns a source.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     * @param latest the report to show, asked once a scrape
     */
    public static MetricsSource of(String prefix, Supplier<HealthReport> latest) {
        return new HealthMetrics(requireNonNull(prefix, "prefix"), requireNonNull(latest, "latest"));
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public List<MetricFamily> collect() {
        HealthReport report = latest.get();
        return List.of(
                status(report.checks()),
                durations(report.checks()),
                transitions(report.checks()),
                shards(report.shards().counts().orElse(ShardCounts.NONE)),
                MetricFamily.counter(
                        prefix + "_shard_refresh_failures_total",
                        "Refreshes of the shard states that failed or timed out.",
                        () -> report.shards().failures()));
    }

    private MetricFamily status(List<CheckReport> checks) {
        return MetricFamily.ofEach(
                MetricType.GAUGE,
                prefix + "_health_status",
                "Verdict on a check: 1 healthy, 0.5 degraded, 0 failed or not known yet.",
                () -> checks,
                check -> Labels.of(
                        "check", check.name(), "kind", check.options().kind().word()),
                check -> value(check.status()));
    }

    private static double value(CheckStatus status) {
        return switch (status) {
            case HEALTHY -> HEALTHY;
            case DEGRADED -> DEGRADED;
            case UNHEALTHY, HUNG, STALE, UNKNOWN -> FAILED;
        };
    }

    private MetricFamily durations(List<CheckReport> checks) {
        return MetricFamily.of(
                        MetricType.SUMMARY,
                        prefix + "_health_check_duration_seconds",
                        "Time that calls of a check have taken.",
                        () -> durationCursor(checks.iterator()))
                .withUnit("seconds");
    }

    private static SampleCursor durationCursor(Iterator<CheckReport> checks) {
        return out -> {
            if (!checks.hasNext()) {
                return false;
            }
            CheckReport check = checks.next();
            double seconds = check.totals().duration().toNanos() / NANOS_PER_SECOND;
            out.summary(label(check), check.totals().results(), seconds);
            return true;
        };
    }

    private MetricFamily transitions(List<CheckReport> checks) {
        ToDoubleFunction<CheckReport> count = check -> check.totals().transitions();
        return MetricFamily.ofEach(
                MetricType.COUNTER,
                prefix + "_health_transitions_total",
                "Changes of the verdict on a check.",
                () -> checks,
                HealthMetrics::label,
                count);
    }

    private MetricFamily shards(ShardCounts counts) {
        List<ShardStatus> all = List.of(ShardStatus.values());
        return MetricFamily.ofEach(
                MetricType.GAUGE,
                prefix + "_shards",
                "Shards open on this node, by status.",
                () -> all,
                status -> Labels.of("status", status.word()),
                counts::of);
    }

    private static Labels label(CheckReport check) {
        return Labels.of("check", check.name());
    }
}
