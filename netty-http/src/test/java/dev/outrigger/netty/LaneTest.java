package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaneTest {

    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicReference<Handler> handler = new AtomicReference<>(r -> Response.text(200, ""));
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/loop").lane(Lane.LOOP).handledBy(r -> handler.get().handle(r)),
            Route.get("/ops").lane(Lane.OPS).handledBy(r -> handler.get().handle(r)),
            Route.get("/scrape").lane(Lane.SCRAPE).handledBy(r -> handler.get().handle(r)),
            Route.get("/thread-loop").lane(Lane.LOOP).handledBy(LaneTest::threadName),
            Route.get("/thread-ops").lane(Lane.OPS).handledBy(LaneTest::threadName),
            Route.get("/thread-scrape").lane(Lane.SCRAPE).handledBy(LaneTest::threadName));

    @AfterEach
    void close() {
        held.countDown();
        server.close();
    }

    private static Response threadName(Object request) {
        return Response.text(200, Thread.currentThread().getName());
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Request-Id: r-1\r\n\r\n";
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerRunsOnItsLane(Lane lane) {
        String name = lane.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(server.answer(get("/thread-" + name))).contains("\r\n\r\noutrigger-" + name);
    }

    @Test
    void aLaneThatIsFullSaysSoAndHoldsUpNothingElse() {
        handler.set(r -> {
            handled.incrementAndGet();
            held.await();
            return Response.text(200, "done");
        });
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < THREADS + MAX_WAITING; i++) {
            clients.add(server.connect().send(get("/ops")));
        }
        await().until(() -> handled.get() == THREADS);
        server.awaitTick();

        assertThat(server.answer(get("/ops")))
                .isEqualTo(Answers.problem(
                        503,
                        "Service Unavailable",
                        "Retry-After: 1\r\n",
                        Answers.CLOSE,
                        "Too many requests at once",
                        "r-1"));
        assertThat(server.answer(LAST_PING)).isEqualTo(Answers.LAST_PONG);
        assertThat(server.answer(get("/thread-scrape"))).contains("outrigger-scrape-");

        held.countDown();
        for (RawClient client : clients) {
            assertThat(client.readToEnd())
                    .isEqualTo(Answers.text(200, "OK", "done", Answers.id("r-1") + Answers.CLOSE));
            client.close();
        }
        assertThat(handled).hasValue(THREADS + MAX_WAITING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/ops", "/scrape"})
    void aHandlerThatThrowsGivesNothingAway(String path) {
        for (Throwable failure : List.of(
                new IllegalStateException("secret"),
                new AssertionError("secret"),
                new OutOfMemoryError("secret"),
                new Exception("secret"))) {
            handler.set(r -> {
                throw LaneTest.<Exception>sneaky(failure);
            });
            assertThat(server.answer(get(path)))
                    .isEqualTo(
                            Answers.problem(500, "Internal Server Error", "", Answers.CLOSE, "Internal error", "r-1"));
        }
        assertThat(server.answer(LAST_PING)).isEqualTo(Answers.LAST_PONG);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/ops", "/scrape"})
    void aHandlerThatAnswersNullHasFailed(String path) {
        handler.set(r -> null);
        assertThat(server.answer(get(path))).startsWith("HTTP/1.1 500 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/ops"})
    void aHandlerMayThrowAProblem(String path) {
        handler.set(r -> {
            throw Problem.of(409, "It is \"busy\"\n\u00e4").asException();
        });
        assertThat(server.answer(get(path)))
                .startsWith("HTTP/1.1 409 Conflict\r\n")
                .contains("{\"error\":\"It is \\\"busy\\\"\\n")
                .endsWith("\",\"status\":409,\"request_id\":\"r-1\"}");
    }

    @Test
    void aQueryThatIsMalformedIsTheClientsFaultOnceSomebodyAsksForIt() {
        handler.set(r -> Response.text(200, r.query().first("a").orElse("none")));
        assertThat(server.answer(get("/loop?a=%zz"))).startsWith("HTTP/1.1 400 ");
        assertThat(server.answer(get("/ops?a=%zz"))).startsWith("HTTP/1.1 400 ");
        assertThat(server.answer(get("/loop?a=b%20c+d"))).endsWith("\r\n\r\nb c d");
        assertThat(server.answer(get("/ping?a=%zz"))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0123-abc_DEF.=", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void aWellFormedRequestIdIsKept(String id) {
        handler.set(r -> Response.text(200, r.requestId()));
        assertThat(server.answer("GET /ops HTTP/1.0\r\nX-Request-Id: " + id + "\r\n\r\n"))
                .endsWith("\r\n\r\n" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\"", "a,b", "<script>", "\u00e4", "\\"})
    void aMalformedRequestIdIsReplaced(String id) {
        handler.set(r -> Response.text(200, r.requestId()));
        assertThat(server.answer("GET /ops HTTP/1.0\r\nX-Request-Id: " + id + "\r\n\r\n"))
                .containsPattern("\r\n\r\n[0-9a-f]{16}$");
        assertThat(server.answer("GET /none HTTP/1.0\r\nX-Request-Id: " + "x".repeat(129) + "\r\n\r\n"))
                .containsPattern("\"request_id\":\"[0-9a-f]{16}\"}$");
    }

    @Test
    void eachRequestHasAnIdOfItsOwn() {
        RequestIds ids = new RequestIds();
        assertThat(Stream.generate(ids::next).limit(10_000))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{16}"));
    }

    @Test
    void aRequestOfALaneOutlivesTheNextOfItsConnection() {
        AtomicReference<dev.outrigger.http.Request> first = new AtomicReference<>();
        handler.set(r -> {
            first.compareAndSet(null, r);
            return Response.text(200, "x");
        });
        server.answer("GET /ops?a=1 HTTP/1.1\r\nHost: a\r\nX-A: first\r\n\r\n"
                + "GET /ops?a=2 HTTP/1.1\r\nHost: a\r\nX-A: other\r\nConnection: close\r\n\r\n");
        assertThat(first.get().header("x-a")).contains("first");
        assertThat(first.get().query().all("a")).containsExactly("1");
    }

    @Test
    void nothingOfARequestIsSeenByTheNext() {
        handler.set(r -> Response.text(
                200, r.header("X-A").orElse("-") + r.query().first("q").orElse("-") + r.body().length));
        String answers = server.answer("GET /loop?q=1 HTTP/1.1\r\nHost: a\r\nX-A: a\r\nContent-Length: 3\r\n\r\nabc"
                + "GET /loop HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answers)
                .isEqualTo(Answers.text(200, "OK", "a13", Answers.MADE_ID)
                        + Answers.text(200, "OK", "--0", Answers.MADE_ID + Answers.CLOSE));
    }
}
