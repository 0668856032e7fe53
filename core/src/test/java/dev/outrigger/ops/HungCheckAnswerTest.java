package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.ManualExecutor;
import dev.outrigger.health.ManualTime;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A check that hangs on a real thread, as its readers see it. */
class HungCheckAnswerTest {

    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void onlyTheAuthorisedSeeWhereACheckHangs() throws Exception {
        CheckOptions options = CheckOptions.liveness().timeout(Duration.ofMillis(50));
        try (HealthMonitor monitor =
                HealthMonitor.builder().check("engine", options, this::hang).build()) {
            HealthRoutes routes =
                    HealthRoutes.of("node0", monitor, new ManualExecutor(), new ManualLoop(new ManualTime()));
            Handler check = handler(routes, "/health/checks/{name}");
            FakeRequest request = FakeRequest.get("/").parameters(Map.of("name", "engine"));

            monitor.start();

            await().until(() -> told(check, request).contains("\"status\":\"hung\""));
            assertThat(told(check, request)).startsWith("503 ").contains("\"stack\":[", "HungCheckAnswerTest.hang(");
            assertThat(told(check, request.anonymous()))
                    .startsWith("503 ")
                    .contains("\"code\":\"timeout\"")
                    .doesNotContain("HungCheckAnswerTest");
            assertThat(told(handler(routes, "/health"), FakeRequest.get("/health")))
                    .startsWith("503 {\"ok\":false,\"status\":\"unhealthy\"");
            release.countDown();
        }
    }

    private HealthResult hang() throws InterruptedException {
        release.await();
        return HealthResult.healthy();
    }

    private static String told(Handler handler, FakeRequest request) throws Exception {
        Response response = handler.handle(request);
        return ProbeClient.told(response);
    }

    private static Handler handler(HealthRoutes routes, String path) {
        return routes.routes().stream()
                .filter(route -> route.path().toString().equals(path))
                .findFirst()
                .map(Route::handler)
                .orElseThrow();
    }
}
