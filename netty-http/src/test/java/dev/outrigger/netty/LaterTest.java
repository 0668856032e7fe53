package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaterTest {

    private static final String FIELDS = " HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\n\r\n";
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String FAILED = Answers.problem(500, "Internal Server Error", "", "", "Internal error", "r-1");

    private final CompletableFuture<Response> stage = new CompletableFuture<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/loop").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> later()),
            Route.get("/ops").handledBy(r -> later()));

    @AfterEach
    void close() {
        server.close();
    }

    private Response later() {
        asked.incrementAndGet();
        return Response.later(stage, abandoned::incrementAndGet);
    }

    private RawClient waiting(String path) {
        RawClient client = server.connect().send("GET " + path + FIELDS);
        await().until(() -> asked.get() > 0);
        server.awaitTick();
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/ops"})
    void anAnswerMayComeFromAnyThread(String path) {
        try (RawClient client = waiting(path)) {
            stage.complete(Response.text(200, "at last"));
            assertThat(client.readUntil("last")).isEqualTo(Answers.text(200, "OK", "at last", Answers.id("r-1")));
            assertThat(client.send(LAST_PING).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
        assertThat(abandoned).hasValue(0);
    }

    @Test
    void anAnswerMayBeThereAtOnce() {
        stage.complete(Response.text(200, "there"));
        String answer = Answers.text(200, "OK", "there", Answers.id("r-1"));
        assertThat(server.answer("GET /loop" + FIELDS + "GET /ops" + FIELDS + LAST_PING))
                .isEqualTo(answer + answer + Answers.LAST_PONG);
    }

    @Test
    void anAnswerMayItselfComeLaterOrInPieces() {
        CountedBody body = CountedBody.of("piece");
        try (RawClient client = waiting("/loop")) {
            stage.complete(Response.later(
                    CompletableFuture.completedFuture(Response.stream(200, Response.TEXT, body)), () -> {}));
            assertThat(client.readUntil("\r\n0\r\n\r\n")).endsWith("\r\n\r\n5\r\npiece\r\n0\r\n\r\n");
        }
        await().untilAsserted(() -> assertThat(body.closedBy()).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource
    void aStageThatFailsIsAnsweredLikeAHandlerThatDoes(Throwable failure) {
        try (RawClient client = waiting("/loop")) {
            stage.completeExceptionally(failure);
            assertThat(client.readUntil("}")).isEqualTo(FAILED);
            assertThat(client.send(LAST_PING).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    static Stream<Throwable> aStageThatFailsIsAnsweredLikeAHandlerThatDoes() {
        return Stream.of(
                new IllegalStateException("secret"),
                new CompletionException(new IllegalStateException("secret")),
                new CompletionException("secret", null),
                new StackOverflowError("secret"));
    }

    @ParameterizedTest
    @MethodSource
    void aProblemKeepsItsCode(Throwable failure) {
        try (RawClient client = waiting("/ops")) {
            stage.completeExceptionally(failure);
            assertThat(client.readUntil("}"))
                    .isEqualTo(Answers.problem(503, "Service Unavailable", "Retry-After: 2\r\n", "", "Not yet", "r-1"));
        }
    }

    static Stream<Throwable> aProblemKeepsItsCode() {
        RuntimeException problem = Problem.busy("Not yet", 2).asException();
        return Stream.of(problem, new CompletionException(problem));
    }

    @Test
    void aStageThatEndsWithNothingIsAFault() {
        try (RawClient client = waiting("/loop")) {
            stage.complete(null);
            assertThat(client.readUntil("}")).isEqualTo(FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/ops"})
    void aHandlerIsToldOnceThatItsClientLeft(String path) {
        try (RawClient client = waiting(path)) {
            client.reset();
        }
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
        stage.complete(Response.text(200, "too late"));
        server.awaitTick();
        server.close();
        assertThat(abandoned).hasValue(1);
    }

    @Test
    void aClientThatClosesPolitelyHasLeftToo() {
        waiting("/loop").close();
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
    }

    @Test
    void aClientThatLeavesBehindMuchInputIsNoticed() {
        try (RawClient client = waiting("/loop")) {
            client.send("G".repeat(10_000));
            server.awaitTick();
        }
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
    }

    @Test
    void aBodyThatComesAfterTheClientLeftIsClosed() {
        CountedBody body = CountedBody.of("piece");
        waiting("/loop").reset();
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
        stage.complete(Response.stream(200, Response.TEXT, body));
        await().untilAsserted(() -> assertThat(body.closedBy()).hasSize(1));
        assertThat(body.asked()).isZero();
    }

    @Test
    void aBodyThatComesAfterTheServerClosedIsClosed() {
        CountedBody body = CountedBody.of("piece");
        try (RawClient client = waiting("/ops")) {
            server.close();
            assertThat(client.isCutOff()).isTrue();
        }
        assertThat(abandoned).hasValue(1);
        stage.complete(Response.stream(200, Response.TEXT, body));
        await().untilAsserted(() -> assertThat(body.closedBy()).hasSize(1));
    }

    @Test
    void theOptionsOfAProbeThatWaitsWaitToo() {
        try (RawClient client = server.connect().send("OPTIONS /loop" + FIELDS)) {
            await().until(() -> asked.get() > 0);
            client.reset();
        }
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
    }
}
