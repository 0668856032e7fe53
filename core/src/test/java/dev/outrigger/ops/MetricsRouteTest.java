package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.HeaderField;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.MetricsSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsRouteTest {

    private static final MetricFamily SMALL = MetricFamily.gauge("small", "Small.", () -> 1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger collections = new AtomicInteger();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aSmallExpositionGoesOutWhole() throws Exception {
        CompleteResponse response = complete(answer(route(SMALL), ScrapeRequest.get()));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .containsExactly(
                        new HeaderField("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
                        new HeaderField("Vary", "Accept, Accept-Encoding"));
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\nsmall 1\n");
    }

    @Test
    void belowOneKibibyteNothingIsCompressed() throws Exception {
        Response response = answer(route(SMALL), ScrapeRequest.get().with("Accept-Encoding", "gzip"));
        assertThat(complete(response).headers()).extracting(HeaderField::name).doesNotContain("Content-Encoding");
    }

    @Test
    void fromOneKibibyteOnABodyIsCompressed() throws Exception {
        Route route = route(many(100));
        byte[] plain = complete(answer(route, ScrapeRequest.get())).body();
        CompleteResponse response = complete(answer(route, ScrapeRequest.get().with("Accept-Encoding", "gzip")));
        assertThat(response.headers()).contains(new HeaderField("Content-Encoding", "gzip"));
        assertThat(response.body().length).isLessThan(plain.length / 2);
        assertThat(unzipped(response.body())).isEqualTo(plain);
    }

    @Test
    void aLargeExpositionGoesOutPieceByPiece() throws Exception {
        Route route = route(many(20_000));
        byte[] plain = drained(answer(route, ScrapeRequest.get()));
        assertThat(new String(plain, StandardCharsets.UTF_8)).hasLineCount(2 + 2 + 1 + 20_000);
        Response zipped = answer(route, ScrapeRequest.get().with("Accept-Encoding", "gzip"));
        assertThat(((StreamResponse) zipped).headers()).contains(new HeaderField("Content-Encoding", "gzip"));
        assertThat(unzipped(drained(zipped))).isEqualTo(plain);
    }

    @Test
    void openMetricsEndsWithItsMark() throws Exception {
        Response response = answer(route(SMALL), ScrapeRequest.get().with("Accept", "application/openmetrics-text"));
        assertThat(complete(response).headers())
                .contains(
                        new HeaderField("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8"));
        assertThat(new String(complete(response).body(), StandardCharsets.UTF_8))
                .endsWith("small 1\n# EOF\n");
    }

    @Test
    void onlyTheMetricsAskedForAreWritten() throws Exception {
        MetricFamily other = MetricFamily.gauge("other", "Other.", () -> 2);
        Response response = answer(route(SMALL, other), ScrapeRequest.get("name%5B%5D=other&name[]=nothing"));
        assertThat(new String(complete(response).body(), StandardCharsets.UTF_8))
                .isEqualTo("# HELP other Other.\n# TYPE other gauge\nother 2\n");
    }

    @Test
    void headCollectsNothing() throws Exception {
        StreamResponse response = (StreamResponse) answer(route(SMALL), ScrapeRequest.head());
        assertThat(response.headers())
                .contains(new HeaderField("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
        assertThat(response.body().next()).isEmpty();
        assertThat(collections).hasValue(0);
    }

    @Test
    void scrapesThatWaitTogetherShareOneCollection() throws Exception {
        Queue<Runnable> lane = new ArrayDeque<>();
        Route route = route(lane::add, many(20_000));
        LaterResponse text = (LaterResponse) route.handler().handle(ScrapeRequest.get());
        LaterResponse zipped =
                (LaterResponse) route.handler().handle(ScrapeRequest.get().with("Accept-Encoding", "gzip"));
        assertThat(lane).hasSize(1);
        lane.remove().run();
        assertThat(collections).hasValue(1);
        assertThat(unzipped(drained(finished(zipped)))).isEqualTo(drained(finished(text)));
    }

    @Test
    void aCollectionThatTakesTooLongIsAnsweredWith503AndNotStartedAgain() throws Exception {
        Queue<Runnable> lane = new ArrayDeque<>();
        Route route = route(lane::add, SMALL);
        ScrapeRequest hurried = ScrapeRequest.get().with("X-Prometheus-Scrape-Timeout-Seconds", "0.02");
        for (int i = 0; i < 2; i++) {
            LaterResponse response = (LaterResponse) route.handler().handle(hurried);
            Awaitility.await()
                    .until(() -> response.stage().toCompletableFuture().isDone());
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> finished(response))
                    .withCauseInstanceOf(ProblemException.class)
                    .satisfies(e -> assertThat(
                                    ((ProblemException) e.getCause()).problem().status())
                            .isEqualTo(503));
        }
        assertThat(lane).hasSize(1);
        lane.remove().run();
        LaterResponse next = (LaterResponse) route.handler().handle(ScrapeRequest.get());
        lane.remove().run();
        assertThat(complete(finished(next)).status()).isEqualTo(200);
    }

    @Test
    void aScraperThatLeavesIsNotRenderedFor() throws Exception {
        Queue<Runnable> lane = new ArrayDeque<>();
        AtomicInteger reads = new AtomicInteger();
        Route route = route(lane::add, MetricFamily.gauge("read", "Read.", reads::incrementAndGet));
        LaterResponse response = (LaterResponse) route.handler().handle(ScrapeRequest.get());
        response.abandoned().run();
        lane.remove().run();
        assertThat(reads).hasValue(0);
    }

    @Test
    void aFullLaneIsA503() {
        Route route = route(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                SMALL);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> route.handler().handle(ScrapeRequest.get()))
                .satisfies(e -> assertThat(e.problem().headers()).contains(new HeaderField("Retry-After", "1")));
    }

    private Route route(MetricFamily... families) {
        return route(Runnable::run, families);
    }

    private Route route(Executor lane, MetricFamily... families) {
        MetricsSource source = MetricsSource.named("test", () -> {
            collections.incrementAndGet();
            return List.of(families);
        });
        return MetricsRoute.of(MetricsCollector.of("outrigger", List.of(source)), lane, timer);
    }

    private static MetricFamily many(int series) {
        List<Labels> labels = IntStream.range(0, series)
                .mapToObj(i -> Labels.of("i", "s" + i))
                .toList();
        return MetricFamily.ofEach(MetricType.GAUGE, "many", "Many.", () -> labels, each -> each, each -> 1);
    }

    private static Response answer(Route route, ScrapeRequest request) throws Exception {
        Response response = route.handler().handle(request);
        return response instanceof LaterResponse later ? finished(later) : response;
    }

    private static Response finished(LaterResponse response) {
        return response.stage().toCompletableFuture().join();
    }

    private static CompleteResponse complete(Response response) {
        return (CompleteResponse) response;
    }

    private static byte[] drained(Response response) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (var body = ((StreamResponse) response).body()) {
            for (Optional<ByteBuffer> piece = body.next(); piece.isPresent(); piece = body.next()) {
                assertThat(piece.get().remaining()).isBetween(1, 40 * 1024);
                byte[] bytes = new byte[piece.get().remaining()];
                piece.get().get(bytes);
                all.writeBytes(bytes);
            }
        }
        return all.toByteArray();
    }

    private static byte[] unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }
}
