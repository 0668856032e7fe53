package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may call what, for every route that a sidecar has. */
final class AccessTest {

    private static final Set<Integer> LET_IN = Set.of(200, 204, 404, 503);

    private static final List<String> PROBES = List.of(
            "/",
            "/ping",
            "/healthz",
            "/health/quick",
            "/health",
            "/livez",
            "/ready",
            "/readyz",
            "/startup",
            "/health/checks/x",
            "/livez/x",
            "/readyz/x");

    private final OpsSidecar sidecar = OpsSidecar.builder("node-1")
            .listen("127.0.0.1", 0)
            .drainDelay(Duration.ZERO)
            .auth(BearerAuth.of("reader", "r3ad", Right.READ).and("writer", "wr1te", Right.WRITE))
            .metrics(MetricsSource.of("own", List.of(MetricFamily.gauge("depth", "Depth.", () -> 1))))
            .route(Route.get("/open").handledBy(request -> Response.text(200, "open")))
            .anonymous("/open")
            .route(Route.writing(Method.POST, "/compact").handledBy(request -> Response.empty(204)))
            .start();

    @AfterEach
    void close() {
        sidecar.close();
    }

    @Test
    void probesAnswerAnybodyWhateverTheCredential() {
        for (String path : PROBES) {
            for (String credential : List.of("Bearer wrong", "Basic x", "Bearer", "Bearer r3ad")) {
                assertThat(call("GET", path, credential).statusCode()).as(path).isIn(LET_IN);
            }
            assertThat(Probing.code(sidecar, path)).as(path).isIn(LET_IN);
        }
    }

    @Test
    void whatReadsNeedsATokenAndTellsHowToShowIt() {
        HttpResponse<String> refused = Probing.get(sidecar, "/metrics");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"outrigger\"");
        assertThat(call("GET", "/metrics", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(call("GET", "/metrics", "bearer r3ad").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/metrics/", "Bearer wr1te").statusCode()).isEqualTo(200);
    }

    @Test
    void whatWritesNeedsTheRightToWrite() {
        assertThat(Probing.send(sidecar, "POST", "/compact").statusCode()).isEqualTo(401);
        assertThat(call("POST", "/compact", "Bearer r3ad").statusCode()).isEqualTo(403);
        assertThat(call("POST", "/compact", "Bearer wr1te").statusCode()).isEqualTo(204);
    }

    @Test
    void aRouteDeclaredAnonymousNeedsNothing() {
        assertThat(Probing.code(sidecar, "/open")).isEqualTo(200);
    }

    @Test
    void authenticationComesBeforeTheMethod() {
        assertThat(Probing.send(sidecar, "DELETE", "/compact").statusCode()).isEqualTo(401);
        assertThat(call("DELETE", "/compact", "Bearer wr1te").statusCode()).isEqualTo(405);
        assertThat(Probing.send(sidecar, "POST", "/ping").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> call(String method, String path, String credential) {
        return Probing.send(sidecar, method, path, "Authorization", credential);
    }
}
