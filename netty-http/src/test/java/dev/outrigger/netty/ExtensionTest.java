package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.Extension;
import dev.outrigger.ops.SidecarContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ExtensionTest {

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1").listen("127.0.0.1", 0).drainDelay(Duration.ZERO);
    }

    /** Tells below the admin API what it knows of the sidecar. */
    private static final Extension WHERE_AM_I = registrar -> registrar
            .routes(sidecar -> List.of(Route.get(sidecar.adminPrefix() + "/where")
                    .handledBy(request -> Response.text(
                            200,
                            sidecar.nodeId() + " " + sidecar.version() + " " + sidecar.adminPath("/where") + " "
                                    + (sidecar.isDraining() ? "draining" : "staying")))))
            .ownMetrics(sidecar -> MetricsSource.of(
                    "where", List.of(MetricFamily.gauge(sidecar.metricsPrefix() + "_where", "Where.", () -> 7))));

    @Test
    void anExtensionIsToldOfSettingsThatWereMadeAfterIt() {
        try (OpsSidecar sidecar = builder()
                .install(WHERE_AM_I)
                .version("2.1")
                .adminPrefix("/admin-api")
                .pathPrefix("/ops")
                .start()) {
            assertThat(Probing.get(sidecar, "/ops/admin-api/where").body())
                    .isEqualTo("node-1 2.1 /ops/admin-api/where staying");
            sidecar.drain();
            assertThat(Probing.get(sidecar, "/ops/admin-api/where").body()).endsWith(" draining");
        }
    }

    @Test
    void itsOwnMetricsAreShownWhereThereAreAnyAndSwitchNothingOn() {
        try (OpsSidecar sidecar = builder().install(WHERE_AM_I).start()) {
            assertThat(Probing.code(sidecar, "/metrics")).isEqualTo(404);
        }
        MetricsSource hosts = MetricsSource.of("own", List.of(MetricFamily.gauge("depth", "Depth.", () -> 1)));
        try (OpsSidecar sidecar = builder()
                .install(WHERE_AM_I)
                .metrics(hosts)
                .metricsPrefix("node")
                .start()) {
            assertThat(Probing.get(sidecar, "/metrics").body()).contains("\nnode_where 7");
        }
    }

    @Test
    void whatBeginsWithTheSidecarFindsThePortOpen() {
        AtomicReference<SidecarContext> seen = new AtomicReference<>();
        List<String> order = new ArrayList<>();
        try (OpsSidecar sidecar = builder()
                .whenStarted(seen::set)
                .whenStarted(context -> order.add("first"))
                .whenStarted(context -> order.add("second"))
                .start()) {
            assertThat(seen.get().nodeId()).isEqualTo("node-1");
            assertThat(seen.get().cluster()).isEmpty();
            assertThat(order).containsExactly("first", "second");
            assertThat(Probing.code(sidecar, "/ping")).isEqualTo(200);
        }
    }

    @Test
    void aBeginningThatFailsFailsTheStartAndUndoesIt() {
        List<String> order = new ArrayList<>();
        OpsSidecarBuilder failing = builder()
                .whenStarted(context -> order.add("begun"))
                .whenDrained(() -> order.add("ended"))
                .whenStarted(context -> {
                    throw new IllegalStateException("the store is taken");
                });

        assertThatThrownBy(failing::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store is taken");
        assertThat(order).containsExactly("begun", "ended");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("outrigger-monitor"));
    }
}
