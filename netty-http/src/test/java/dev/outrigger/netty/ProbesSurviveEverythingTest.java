package dev.outrigger.netty;

import static dev.outrigger.health.CheckOptions.liveness;
import static dev.outrigger.health.CheckOptions.readiness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that can be slow is slow at once, over real sockets. */
final class ProbesSurviveEverythingTest {

    private static final int SERIES = 100_000;
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    private static final String KEPT = "GET /health/quick HTTP/1.1\r\nHost: node\r\n\r\n";
    private static final String AS_HAPROXY_ASKS = "GET /health/quick HTTP/1.0\r\n\r\n";

    /** Far from what a probe takes, and yet below what any balancer waits for. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final List<RawClient> clients = new ArrayList<>();

    private final HealthCheck hangs = () -> {
        hanging.incrementAndGet();
        end.await();
        return HealthResult.healthy();
    };

    private final Handler keepsItsThread = request -> {
        busy.incrementAndGet();
        end.await();
        return Response.text(200, "done");
    };

    private final OpsSidecar sidecar = OpsSidecar.builder("node-1")
            .listen("127.0.0.1", 0)
            .drainDelay(Duration.ZERO)
            .check("engine", liveness(), hangs)
            .check("disk", readiness(), hangs)
            .check("network", readiness(), hangs)
            .metrics(manySeries())
            .route(Route.get("/busy/ops").lane(Lane.OPS).handledBy(keepsItsThread))
            .route(Route.get("/busy/scrape").lane(Lane.SCRAPE).handledBy(keepsItsThread))
            .start();

    private static MetricsSource manySeries() {
        List<Labels> series = IntStream.range(0, SERIES)
                .mapToObj(i -> Labels.of("tenant", "tenant-" + i, "operation", "read"))
                .toList();
        return MetricsSource.of(
                "many",
                List.of(MetricFamily.ofEach(
                        MetricType.GAUGE,
                        "tenant_requests_in_flight_right_now",
                        "Many.",
                        () -> series,
                        labels -> labels,
                        labels -> Math.random())));
    }

    @AfterEach
    void letGo() {
        end.countDown();
        clients.forEach(RawClient::close);
        sidecar.close();
    }

    @Test
    void quickHealthIsAnsweredWhileEveryCheckHangsEveryWorkerIsBusyAndALargeScrapeIsReadSlowly() throws Exception {
        await().until(() -> hanging.get() == 3);
        await().untilAsserted(
                        () -> assertThat(Probing.get(sidecar, "/livez").body()).contains("\"status\":\"hung\""));
        try (SlowReader slow = SlowReader.scraping(sidecar.address())) {
            occupy("/busy/ops", 2);
            occupy("/busy/scrape", 1);
            try (EagerScraper eager = new EagerScraper(sidecar.address())) {
                await("a whole scrape beside the slow one").until(() -> eager.scrapes() > 0);
                assertThat(slowestProbe())
                        .as("while the scrape is rendered again and again")
                        .isLessThan(LONGEST);
            }
            occupy("/busy/scrape", 1);
            assertThat(slowestProbe())
                    .as("while every thread of every lane is held")
                    .isLessThan(LONGEST);
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(503);
            assertThat(Probing.get(sidecar, "/ready").body()).contains("\"ok\":false", "\"hung\"");
            assertThat(hanging).as("calls of three hung checks").hasValue(3);

            slow.awaitBytes(20_000);
            assertThat(slow.hasEnded()).isFalse();
            end.countDown();
            assertThat(slow.readQuicklyToEnd()).startsWith("HTTP/1.1 200 ").endsWith("\r\n0\r\n\r\n");
        }
    }

    /** Lets so many threads of a lane be busy, and one more request wait for them. */
    private void occupy(String path, int threads) {
        int before = busy.get();
        for (int i = 0; i < threads; i++) {
            clients.add(connect().send("GET " + path + " HTTP/1.1\r\nHost: node\r\n\r\n"));
        }
        await(path).until(() -> busy.get() == before + threads);
    }

    private RawClient connect() {
        return new RawClient(sidecar.address(), RECEIVE_BUFFER_BYTES);
    }

    private Duration slowestProbe() {
        long slowest = 0;
        try (RawClient kept = connect()) {
            for (int i = 0; i < 300; i++) {
                long start = System.nanoTime();
                assertThat(kept.send(KEPT).readUntil("\r\n\r\nOK")).startsWith("HTTP/1.1 200 ");
                slowest = Math.max(slowest, System.nanoTime() - start);
            }
        }
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            try (RawClient once = connect()) {
                assertThat(once.send(AS_HAPROXY_ASKS).readUntil("\r\n")).endsWith(" 200 OK\r\n");
                once.reset();
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        return Duration.ofNanos(slowest);
    }
}
