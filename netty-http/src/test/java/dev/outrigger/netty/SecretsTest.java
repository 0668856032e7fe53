package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Right;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.secrets.SecretKey;
import dev.outrigger.secrets.SecretValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecretsTest {

    private static final String WRITER = "Bearer wr1te";
    private static final SecretKey KEY = new SecretKey("a.b");

    private final MemorySecrets secrets = new MemorySecrets();
    private final OpsSidecar sidecar = builder().secrets(secrets).start();

    @AfterEach
    void close() {
        sidecar.close();
    }

    @Test
    void withoutAStoreThereAreNoRoutes() {
        try (OpsSidecar bare = builder().start()) {
            assertThat(Probing.get(bare, "/api/v1/secrets", "Authorization", WRITER)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void readersListAndWritersChange() {
        assertThat(put("/api/v1/secrets/a.b", "{\"value\":\"x\"}", "Bearer r3ad")
                        .statusCode())
                .isEqualTo(403);
        assertThat(put("/api/v1/secrets/a.b", "{\"value\":\"x\"}", WRITER).body())
                .isEqualTo("""
                {"key":"a.b","status":"configured_keystore","env_var":"A_B",\
                "created_at":"1970-01-01T00:00:00.000Z","updated_at":"1970-01-01T00:00:00.000Z"}""");
        assertThat(call("GET", "/api/v1/secrets", "Bearer r3ad").body()).startsWith("{\"secrets\":[{\"key\":\"a.b\"");
        assertThat(call("DELETE", "/api/v1/secrets/a.b", WRITER).statusCode()).isEqualTo(204);
        assertThat(call("DELETE", "/api/v1/secrets/a.b", WRITER).statusCode()).isEqualTo(404);
    }

    @Test
    void authenticationComesBeforeTheKey() {
        assertThat(put("/api/v1/secrets/%2e%2e%2fx", "no json", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(put("/api/v1/secrets/%2e%2e%2fx", "no json", WRITER).statusCode())
                .isEqualTo(400);
        assertThat(put("/api/v1/secrets/a.b", "no json", WRITER).statusCode()).isEqualTo(400);
        assertThat(call("PUT", "/api/v1/secrets/a.b", WRITER).statusCode()).isEqualTo(415);
        assertThat(secrets.entries()).isEmpty();
    }

    @Test
    void aBodyOf65KiBIs413AndChangesNothing() {
        String large = "{\"value\":\"" + "x".repeat(65 * 1024) + "\"}";

        assertThat(put("/api/v1/secrets/a.b", large, WRITER).statusCode()).isEqualTo(413);
        assertThat(secrets.entries()).isEmpty();
    }

    @Test
    void aNodeThatDrainsTakesNoSecretButListsThem() {
        secrets.put(KEY, SecretValue.of("x"));
        sidecar.drain();

        HttpResponse<String> refused = call("DELETE", "/api/v1/secrets/a.b", WRITER);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(call("GET", "/api/v1/secrets", WRITER).body()).contains("a.b");
    }

    @Test
    void oneOfSeveralNodesRefusesForGood() {
        try (OpsSidecar several = builder().secrets(secrets).swarmMode(false).start()) {
            HttpResponse<String> refused =
                    Probing.send(several, "DELETE", "/api/v1/secrets/a.b", "Authorization", WRITER);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        }
    }

    @Test
    void thePrefixOfTheAdminApiCanBeChosen() {
        try (OpsSidecar other =
                builder().secrets(secrets).adminPrefix("/admin-api").start()) {
            assertThat(Probing.get(other, "/admin-api/secrets", "Authorization", WRITER)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Probing.get(other, "/api/v1/secrets", "Authorization", WRITER)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThatThrownBy(() -> builder().adminPrefix("/a/{b}"))
                .hasMessage("admin prefix: '/a/{b}' (expected: empty, or /literal segments)");
        assertThatThrownBy(() -> builder().adminPrefix("/")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMetricTellsOfAStaleStore() {
        assertThat(metrics()).contains("\noutrigger_secret_store_stale 0\n");
        secrets.stale(true);
        assertThat(metrics()).contains("\noutrigger_secret_store_stale 1\n");
    }

    @Test
    void secretsAreNotOpenedToEverybody() {
        OpsSidecarBuilder open =
                OpsSidecar.builder("node-1").listen("0.0.0.0", 0).secrets(secrets);

        assertThatThrownBy(open::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("listen: 0.0.0.0 (expected: a loopback address");
    }

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO)
                .auth(BearerAuth.of("reader", "r3ad", Right.READ).and("writer", "wr1te", Right.WRITE))
                .metrics(MetricsSource.of("own", List.of(MetricFamily.gauge("depth", "Depth.", () -> 1))));
    }

    private String metrics() {
        return call("GET", "/metrics", WRITER).body();
    }

    private HttpResponse<String> call(String method, String path, String credential) {
        return Probing.send(sidecar, method, path, "Authorization", credential);
    }

    private HttpResponse<String> put(String path, String json, String credential) {
        return Probing.sendJson(sidecar, "PUT", path, json, "Authorization", credential);
    }
}
