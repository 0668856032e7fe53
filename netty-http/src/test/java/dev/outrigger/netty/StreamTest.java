package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamTest {

    private static final String HEAD_11 =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n" + Answers.COMMON
                    + Answers.id("r-1");
    private static final String GET = "GET /stream HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\n\r\n";
    private static final String LAST_GET =
            "GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: r-1\r\n\r\n";
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String LARGE = random(3 * 1024 * 1024 + 17);

    private final AtomicReference<CountedBody> body = new AtomicReference<>(CountedBody.of());
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/stream").lane(Lane.SCRAPE).handledBy(r -> Response.stream(200, "text/plain", body.get())),
            Route.get("/loop")
                    .access(Access.PROBE)
                    .lane(Lane.LOOP)
                    .handledBy(r -> Response.stream(200, "text/plain", body.get())),
            Route.get("/large").lane(Lane.LOOP).handledBy(r -> Response.text(200, LARGE)));

    @AfterEach
    void close() {
        server.close();
    }

    private static String random(int length) {
        return new Random(1)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private CountedBody serve(CountedBody served) {
        body.set(served);
        return served;
    }

    private void awaitClosedOnce(String thread) {
        await().untilAsserted(() -> assertThat(body.get().closedBy()).hasSize(1));
        assertThat(body.get().closedBy().get(0)).startsWith(thread);
    }

    @Test
    void aBodyInPiecesGoesInChunksToHttp11() {
        serve(CountedBody.of("hello", "x".repeat(17), "!"));
        String chunks = "5\r\nhello\r\n11\r\n" + "x".repeat(17) + "\r\n1\r\n!\r\n0\r\n\r\n";
        try (RawClient client = server.connect()) {
            client.send(GET);
            assertThat(client.readUntil("\r\n0\r\n\r\n")).isEqualTo(HEAD_11 + "\r\n" + chunks);
            awaitClosedOnce("outrigger-scrape-");
            client.send(LAST_PING);
            assertThat(client.readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void aBodyInPiecesGoesWholeToHttp10() {
        serve(CountedBody.of("hello", " ", "world"));
        assertThat(server.answer("GET /stream HTTP/1.0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n" + Answers.COMMON
                        + Answers.MADE_ID + Answers.CLOSE + "\r\nhello world");
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aPieceWithoutBytesDoesNotEndTheBody() {
        serve(CountedBody.of("", "a", "", "", "b", ""));
        assertThat(server.answer(LAST_GET)).isEqualTo(HEAD_11 + Answers.CLOSE + "\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
    }

    @Test
    void aBodyWithoutPiecesIsEmpty() {
        serve(CountedBody.of());
        assertThat(server.answer(LAST_GET)).isEqualTo(HEAD_11 + Answers.CLOSE + "\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void headClosesTheBodyWithoutAskingForAPiece(String version) {
        serve(CountedBody.of("hello"));
        assertThat(server.answer("HEAD /stream HTTP/" + version + "\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")
                .endsWith(Answers.CLOSE + "\r\n");
        awaitClosedOnce("outrigger-scrape-");
        assertThat(body.get().asked()).isZero();
    }

    @Test
    void theOptionsOfAStreamCloseIt() {
        serve(CountedBody.of("hello"));
        assertThat(server.answer("OPTIONS /loop HTTP/1.0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 200 OK\r\nAllow: GET, HEAD, OPTIONS\r\nContent-Length: 0\r\n" + Answers.COMMON
                        + Answers.CLOSE + "\r\n");
        await().untilAsserted(() -> assertThat(body.get().closedBy()).hasSize(1));
        assertThat(body.get().asked()).isZero();
    }

    @Test
    void aStreamOfTheEventLoopIsMadeOnALane() {
        serve(CountedBody.of("hello"));
        assertThat(server.answer("GET /loop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("hello\r\n0\r\n\r\n");
        awaitClosedOnce("outrigger-ops-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void aFailureBeforeTheFirstByteIsAnErrorLikeAnyOther(String version) {
        serve(CountedBody.failingAfter(0, new IOException("secret path")));
        assertThat(server.answer("GET /stream HTTP/" + version
                        + "\r\nHost: a\r\nConnection: close\r\nX-Request-Id: r-1\r\n\r\n"))
                .isEqualTo(Answers.problem(500, "Internal Server Error", "", Answers.CLOSE, "Internal error", "r-1"));
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aProblemBeforeTheFirstByteKeepsItsCodeAndTheConnection() {
        serve(CountedBody.failingAfter(0, Problem.notFound("No such thing").asException()));
        assertThat(server.answer(GET + LAST_PING))
                .isEqualTo(Answers.problem(404, "Not Found", "", "", "No such thing", "r-1") + Answers.LAST_PONG);
    }

    @Test
    void aFailureAfterTheFirstByteResetsTheConnection() {
        serve(CountedBody.failingAfter(3, new AssertionError("secret path")));
        try (RawClient client = server.connect()) {
            client.send(GET);
            assertThat(client.seesReset()).isTrue();
        }
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aPieceThatIsNullFailsTheBody() {
        serve(CountedBody.from(() -> null));
        assertThat(server.answer(LAST_GET)).startsWith("HTTP/1.1 500 ");
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aClientThatLeavesInTheMiddleEndsTheBodyOnItsLane() {
        serve(CountedBody.endless(32 * 1024));
        try (RawClient client = server.connect()) {
            client.send(GET).read(100_000);
            client.reset();
        }
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aClientThatLeavesWhileAPieceIsBeingMadeEndsTheBodyAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        serve(CountedBody.from(() -> {
            begun.countDown();
            goOn.await();
            return Optional.of("late");
        }));
        try (RawClient client = server.connect()) {
            client.send(GET);
            begun.await();
            client.reset();
        }
        server.awaitTick();
        assertThat(body.get().closedBy()).isEmpty();
        goOn.countDown();
        awaitClosedOnce("outrigger-scrape-");
        assertThat(body.get().asked()).isEqualTo(1);
    }

    @Test
    void aClientOfHttp10ThatLeavesEndsTheBody() {
        serve(CountedBody.endless(1024));
        try (RawClient client = server.connect()) {
            client.send("GET /stream HTTP/1.0\r\n\r\n");
            await().until(() -> body.get().asked() > 3);
            client.reset();
        }
        awaitClosedOnce("outrigger-scrape-");
    }

    @Test
    void aSlowReaderCostsBoundedPiecesAndNoThread() {
        serve(CountedBody.endless(64 * 1024));
        try (RawClient client = server.connect(8 * 1024)) {
            client.send(GET);
            awaitStill();
            // What the sockets of both sides take, and one high-water mark.
            assertThat(body.get().asked()).isBetween(2, 200);
            assertThat(server.answer(LAST_PING)).isEqualTo(Answers.LAST_PONG);
        }
        awaitClosedOnce("outrigger-scrape-");
    }

    private void awaitStill() {
        int[] before = {-1};
        await().until(() -> {
            server.awaitTick();
            int asked = body.get().asked();
            boolean still = asked > 0 && asked == before[0];
            before[0] = asked;
            return still;
        });
    }

    @Test
    void largeBodiesBehindOneAnotherArriveWhole() {
        String get = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
        String answer = Answers.text(200, "OK", LARGE, Answers.MADE_ID);
        assertThat(server.answer(get + get + "HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n" + get + LAST_PING)
                        .equals(answer + answer + Answers.withoutBody(answer) + answer + Answers.LAST_PONG))
                .isTrue();
    }

    @Test
    void aLargeBodyReadByteByByteAtFirstArrivesWhole() {
        try (RawClient client = server.connect(4 * 1024)) {
            client.send("GET /large HTTP/1.0\r\n\r\n");
            String first = client.readUntil("\r\n\r\n");
            server.awaitTick();
            assertThat((first + client.readToEnd())
                            .equals(Answers.text(200, "OK", LARGE, Answers.MADE_ID + Answers.CLOSE)))
                    .isTrue();
        }
    }
}
