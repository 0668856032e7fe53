package dev.outrigger.netty;

import static dev.outrigger.health.CheckOptions.liveness;
import static dev.outrigger.health.CheckOptions.readiness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.health.HealthResult;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever the host's code does, probes answer, and tell of it. */
final class HostileHostTest {

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1").listen("127.0.0.1", 0).drainDelay(Duration.ZERO);
    }

    private static ShardProvider provider(int total, Listing listing) {
        return new ShardProvider() {
            @Override
            public int totalShards() {
                return total;
            }

            @Override
            public void visitShards(ShardVisitor visitor) throws Exception {
                listing.listTo(visitor);
            }
        };
    }

    private interface Listing {
        void listTo(ShardVisitor visitor) throws Exception;
    }

    @Test
    void aShardProviderThatThrowsIsADegradedNodeThatIsAlive() {
        ShardProvider throwing = provider(8, visitor -> {
            throw new IllegalStateException("no meta data");
        });
        try (OpsSidecar sidecar = builder().shards(throwing).start()) {
            await().untilAsserted(() ->
                    assertThat(Probing.get(sidecar, "/health").body()).contains("\"warnings\":[\""));
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
            assertThat(Probing.get(sidecar, "/health").body()).contains("\"shards\":null");
        }
    }

    @Test
    void aProviderOfNothingButNullsKillsNoProbe() {
        MetricsSource nothing = () -> null;
        try (OpsSidecar sidecar = builder()
                .shards(ShardProvider.of(4, () -> null))
                .check("null", readiness(), () -> null)
                .metrics(nothing)
                .start()) {
            await().untilAsserted(() ->
                    assertThat(Probing.get(sidecar, "/readyz/null").body()).contains("\"code\":\"error\""));
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
            assertThat(Probing.get(sidecar, "/metrics").body())
                    .contains("outrigger_scrape_errors_total{source=\"source\"} 1");
        }
    }

    @Test
    void sixtyFiveThousandShardsAreListedWhole() {
        ShardProvider many = provider(65_536, visitor -> {
            for (int id = 0; id < 65_536; id++) {
                visitor.shard(id, ShardStatus.HEALTHY, Leadership.LOCAL, 5, 1_000_000L + id, 1_000_000L + id);
            }
        });
        try (OpsSidecar sidecar = builder().shards(many).start()) {
            await().until(() -> Probing.code(sidecar, "/ready") == 200);
            String body = Probing.get(sidecar, "/health").body();
            assertThat(body)
                    .contains("\"total_shards\":65536,\"active_shards\":65536")
                    .contains("{\"id\":65535,");
            assertThat(Probing.get(sidecar, "/metrics").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aCheckThatThrowsAnErrorFailsAloneAndUnderItsName() {
        try (OpsSidecar sidecar = builder()
                .check("broken", liveness(), () -> {
                    throw new StackOverflowError();
                })
                .check("well", readiness(), HealthResult::healthy)
                .start()) {
            await().until(() -> Probing.code(sidecar, "/livez") == 503);
            await().until(() -> Probing.code(sidecar, "/readyz/well") == 200);
            assertThat(Probing.get(sidecar, "/livez/broken").body()).contains("\"code\":\"error\"");
        }
    }

    @Test
    void aMetricsSourceThatThrowsLosesItsOwnFamiliesOnly() {
        MetricsSource bad = MetricsSource.named("bad", () -> {
            throw new IllegalStateException("closed");
        });
        MetricsSource good =
                MetricsSource.of("good", List.of(MetricFamily.gauge("depth", "Depth of the queue.", () -> 3)));
        try (OpsSidecar sidecar = builder().metrics(bad).metrics(good).start()) {
            assertThat(Probing.get(sidecar, "/metrics").body())
                    .contains("outrigger_scrape_errors_total{source=\"bad\"} 1")
                    .contains("\ndepth 3");
        }
    }

    @Test
    void everyCheckThatHangsIsReportedWithinItsTimeoutAndRunOnce() {
        CountDownLatch never = new CountDownLatch(1);
        OpsSidecarBuilder builder = builder();
        List<String> names = List.of("a", "b", "c", "d");
        for (String name : names) {
            builder.check(name, readiness().timeout(Duration.ofMillis(200)).interval(Duration.ofMillis(200)), () -> {
                never.await();
                return HealthResult.healthy();
            });
        }
        try (OpsSidecar sidecar = builder.start()) {
            for (String name : names) {
                await().untilAsserted(() -> assertThat(
                                Probing.get(sidecar, "/readyz/" + name).body())
                        .contains("\"status\":\"hung\"", "\"code\":\"timeout\""));
            }
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
            long running = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("outrigger-check-"))
                    .count();
            assertThat(running).isEqualTo(names.size());
        } finally {
            never.countDown();
        }
    }
}
