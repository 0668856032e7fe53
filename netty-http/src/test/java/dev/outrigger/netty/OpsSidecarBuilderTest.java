package dev.outrigger.netty;

import static dev.outrigger.health.CheckOptions.liveness;
import static dev.outrigger.health.CheckOptions.readiness;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.health.CheckScope;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class OpsSidecarBuilderTest {

    private final OpsSidecarBuilder builder = OpsSidecar.builder("node-1").listen("127.0.0.1", 0);

    @Test
    void aWrongArgumentIsNamedAtOnceWithWhatIsExpected() {
        refused(() -> OpsSidecar.builder(""), "node id: '' (expected: 1 to 128 visible ASCII characters)");
        refused(() -> OpsSidecar.builder("a b"), "node id: 'a b' (expected: 1 to 128 visible ASCII characters)");
        refused(() -> builder.listen("127.0.0.1", 65_536), "port: 65536 (expected: 0 to 65535)");
        refused(() -> builder.listen("127.0.0.1", -1), "port: -1 (expected: 0 to 65535)");
        refused(() -> builder.drainDelay(Duration.ofSeconds(-1)), "drain delay: PT-1S (expected: >= 0)");
        refused(() -> builder.anonymous("metrics"), "path: 'metrics' (expected: /literal or /{parameter} segments)");
        refused(() -> readiness().interval(Duration.ofSeconds(-5)), "interval: -5s (expected: > 0)");
    }

    @Test
    void aLivenessCheckThatLooksBeyondTheProcessIsRefused() {
        refused(
                () -> liveness().scope(CheckScope.CLUSTER),
                "scope: cluster (expected: local, since a restart mends nothing beyond this process)");
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        builder.check("disk", readiness(), HealthResult::healthy);
        assertThatThrownBy(() -> builder.check("disk", readiness(), HealthResult::healthy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disk");
        builder.gate(ReadinessGate.opened("recovery"));
        assertThatThrownBy(() -> builder.gate(ReadinessGate.opened("recovery")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recovery");
    }

    @Test
    void aRouteThatIsThereAlreadyIsRefused() {
        builder.route(Route.get("/ready").handledBy(request -> Response.empty(204)));
        refused(builder::start, "route: GET /ready (expected: one route a method and path)");
    }

    @Test
    void anAnonymousPathThatNoRouteHasIsRefused() {
        builder.anonymous("/metrics");
        refused(builder::start, "anonymous: /metrics (expected: the path of a route)");
    }

    @Test
    void routesThatWriteAreNotOpenedToEverybody() {
        Route write = Route.writing(Method.POST, "/compact").handledBy(request -> Response.empty(204));
        refused(
                () -> builder.route(write).listen("0.0.0.0", 0).start(),
                "listen: 0.0.0.0 (expected: a loopback address, authentication, or insecureWrites(),"
                        + " since there are routes that write)");
        builder.auth(BearerAuth.of("ops", "secret", Right.WRITE)).start().close(Duration.ZERO);
        OpsSidecar.builder("node-1")
                .listen("0.0.0.0", 0)
                .route(write)
                .insecureWrites()
                .start()
                .close(Duration.ZERO);
    }

    @Test
    void aPortInUseIsATypedErrorThatNamesTheAddressAndLeavesNothingBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() ->
                            builder.listen("127.0.0.1", taken.getLocalPort()).start())
                    .isInstanceOf(SidecarStartException.class)
                    .hasMessageContaining("listen: 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("expected: an address of this machine and a free port");
        }
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
