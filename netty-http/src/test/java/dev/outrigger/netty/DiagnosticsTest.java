package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Right;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.OptionalRoute;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sidecar tells of its clients and of its process. */
final class DiagnosticsTest {

    private static final String AUTHORISED = "Bearer wr1te";

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO)
                .metrics(MetricsSource.of("own", List.of()))
                .auth(BearerAuth.of("writer", "wr1te", Right.WRITE));
    }

    private static HttpResponse<String> ask(OpsSidecar sidecar, String method, String path) {
        return Probing.send(sidecar, method, path, "Authorization", AUTHORISED);
    }

    @Test
    void diagnosticsAreOffUntilEnabled() {
        try (OpsSidecar sidecar = builder().start()) {
            assertThat(ask(sidecar, "GET", "/admin/threads").statusCode()).isEqualTo(404);
            assertThat(ask(sidecar, "GET", "/admin/transitions").statusCode()).isEqualTo(404);
            assertThat(ask(sidecar, "POST", "/admin/jfr").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void eachIsEnabledByName() {
        try (OpsSidecar sidecar = builder()
                .enable(OptionalRoute.ADMIN_THREADS)
                .enable(OptionalRoute.ADMIN_TRANSITIONS)
                .enable(OptionalRoute.ADMIN_JFR)
                .start()) {
            assertThat(ask(sidecar, "GET", "/admin/threads").body()).contains("\"outrigger-loop");
            assertThat(ask(sidecar, "GET", "/admin/transitions").body()).startsWith("{\"transitions\":[");
            assertThat(ask(sidecar, "POST", "/admin/jfr").statusCode()).isEqualTo(415);
            assertThat(Probing.code(sidecar, "/admin/threads")).isEqualTo(401);
            assertThat(Probing.code(sidecar, "/admin/transitions")).isEqualTo(401);
            assertThat(Probing.send(sidecar, "POST", "/admin/jfr").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void clientsAreToldToWhoMayRead() {
        try (OpsSidecar sidecar = builder().start()) {
            Probing.get(sidecar, "/ping", "User-Agent", "balancer");
            Probing.get(sidecar, "/ping", "User-Agent", "balancer");
            Probing.get(sidecar, "/none", "User-Agent", "balancer");
            assertThat(Probing.code(sidecar, "/admin/clients")).isEqualTo(401);
            String clients = ask(sidecar, "GET", "/admin/clients").body();
            assertThat(clients)
                    .contains("\"address\":\"127.0.0.1\",\"user_agent\":\"balancer\",\"principal\":null,"
                            + "\"requests\":3,\"errors\":1,")
                    .doesNotContain("wr1te");
            String id = clients.replaceAll(
                    ".*\"id\":\"([0-9a-f-]+)\",\"address\":\"127.0.0.1\",\"user_agent\":\"balancer\".*", "$1");
            assertThat(ask(sidecar, "GET", "/admin/clients/" + id).body())
                    .contains("{\"route\":\"unmatched\",\"requests\":1,\"errors\":1,")
                    .contains("{\"route\":\"/ping\",\"requests\":2,\"errors\":0,");
            assertThat(ask(sidecar, "GET", "/admin/clients/none").statusCode()).isEqualTo(404);
            assertThat(ask(sidecar, "GET", "/admin/clients").body()).contains("\"principal\":\"writer\"");
        }
    }

    @Test
    void clientsNeedNotBeKept() {
        try (OpsSidecar sidecar = builder().withoutClients().start()) {
            assertThat(ask(sidecar, "GET", "/admin/clients").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void droppedEventsAreCounted() {
        try (OpsSidecar sidecar = builder().start()) {
            assertThat(ask(sidecar, "GET", "/metrics").body()).contains("\noutrigger_access_events_dropped_total 0");
        }
    }
}
