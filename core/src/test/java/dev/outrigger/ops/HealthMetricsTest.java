package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckStatus;
import dev.outrigger.health.CheckTotals;
import dev.outrigger.health.HealthReport;
import dev.outrigger.health.Lifecycle;
import dev.outrigger.health.ShardReport;
import dev.outrigger.metrics.Exposition;
import dev.outrigger.metrics.ExpositionFormat;
import dev.outrigger.metrics.ExternalReader;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.NameFilter;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.shard.ShardCounts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthMetricsTest {

    private static final HealthReport REPORT = new HealthReport(
            1,
            Instant.EPOCH,
            Duration.ZERO,
            Lifecycle.RUNNING,
            true,
            List.of(
                    check("engine", CheckOptions.liveness(), CheckStatus.HEALTHY, 4, Duration.ofMillis(1500)),
                    check("disk", CheckOptions.readiness(), CheckStatus.HUNG, 1, Duration.ofSeconds(1)),
                    check("compaction", CheckOptions.readiness(), CheckStatus.DEGRADED, 0, Duration.ZERO)),
            List.of(),
            new ShardReport(
                    true,
                    Optional.of(new ShardCounts(1024, 16, 14, 1, 1, 0)),
                    Optional.empty(),
                    true,
                    Duration.ZERO,
                    false,
                    Optional.empty(),
                    3));

    private final RequestMetrics requests = new RequestMetrics("outrigger", List.of("GET"));
    private final MetricsCollector collector =
            MetricsCollector.of("outrigger", List.of(requests, HealthMetrics.of("outrigger", () -> REPORT)));

    @Test
    void theLatestReportIsShown() {
        assertThat(new String(whole(), StandardCharsets.UTF_8)).endsWith("""
                # HELP outrigger_health_status Verdict on a check: 1 healthy, 0.5 degraded, 0 failed or not known yet.
                # TYPE outrigger_health_status gauge
                outrigger_health_status{check="engine",kind="liveness"} 1
                outrigger_health_status{check="disk",kind="readiness"} 0
                outrigger_health_status{check="compaction",kind="readiness"} 0.5
                # HELP outrigger_health_check_duration_seconds Time that calls of a check have taken.
                # TYPE outrigger_health_check_duration_seconds summary
                outrigger_health_check_duration_seconds_count{check="engine"} 4
                outrigger_health_check_duration_seconds_sum{check="engine"} 1.5
                outrigger_health_check_duration_seconds_count{check="disk"} 1
                outrigger_health_check_duration_seconds_sum{check="disk"} 1
                outrigger_health_check_duration_seconds_count{check="compaction"} 0
                outrigger_health_check_duration_seconds_sum{check="compaction"} 0
                # HELP outrigger_health_transitions_total Changes of the verdict on a check.
                # TYPE outrigger_health_transitions_total counter
                outrigger_health_transitions_total{check="engine"} 2
                outrigger_health_transitions_total{check="disk"} 2
                outrigger_health_transitions_total{check="compaction"} 2
                # HELP outrigger_shards Shards open on this node, by status.
                # TYPE outrigger_shards gauge
                outrigger_shards{status="healthy"} 14
                outrigger_shards{status="degraded"} 1
                outrigger_shards{status="unavailable"} 1
                # HELP outrigger_shard_refresh_failures_total Refreshes of the shard states that failed or timed out.
                # TYPE outrigger_shard_refresh_failures_total counter
                outrigger_shard_refresh_failures_total 3
                """);
    }

    @Test
    void promtoolHasNothingToSayAboutTheSidecarsOwnFamilies() throws Exception {
        requests.meter("/health/quick").record(0, 200, 1_000_000);
        assertThat(ExternalReader.promtool(whole())).isEmpty();
    }

    private byte[] whole() {
        Exposition exposition = collector.collect().render(ExpositionFormat.TEXT_0_0_4, NameFilter.everything());
        ByteBuffer onlyPiece = exposition.next().orElseThrow();
        assertThat(exposition.isEnded()).isTrue();
        byte[] bytes = new byte[onlyPiece.remaining()];
        onlyPiece.get(bytes);
        return bytes;
    }

    private static CheckReport check(
            String name, CheckOptions options, CheckStatus status, int results, Duration duration) {
        return new CheckReport(
                name,
                options,
                status,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                new CheckTotals(results, 0, 2, duration));
    }
}
