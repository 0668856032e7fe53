package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DrainTest {

    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LARGE = "z".repeat(2 * 1024 * 1024);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/large").lane(Lane.LOOP).handledBy(r -> Response.text(200, LARGE)),
            Route.get("/later").handledBy(r -> {
                handled.incrementAndGet();
                return Response.later(later, () -> {});
            }),
            Route.get("/held").handledBy(r -> {
                handled.incrementAndGet();
                held.await();
                return Response.text(200, "held");
            }));

    @AfterEach
    void close() {
        held.countDown();
        server.close();
    }

    private CompletableFuture<Void> closing() {
        return CompletableFuture.runAsync(() -> server.close(PATIENCE));
    }

    @Test
    void eachAnswerIsTheLastOfItsConnection() {
        try (RawClient client = server.connect()) {
            client.send("GET /ping" + HOST).readUntil("pong");
            server.drain();
            assertThat(client.send("GET /ping" + HOST).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
        assertThat(server.answer("GET /none HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\n\r\n"))
                .isEqualTo(Answers.problem(404, "Not Found", "", Answers.CLOSE, "No such path", "r-1"));
    }

    @Test
    void theAnswerToARequestFromBeforeIsTheLastToo() {
        try (RawClient client = server.connect()) {
            client.send("GET /later" + HOST);
            await().until(() -> handled.get() == 1);
            server.drain();
            later.complete(Response.text(200, "drained"));
            assertThat(client.readToEnd())
                    .isEqualTo(Answers.text(200, "OK", "drained", Answers.MADE_ID + Answers.CLOSE));
        }
    }

    @Test
    void aClientThatHasSentMoreStillSeesItsAnswer() {
        server.drain();
        try (RawClient client = server.connect()) {
            client.send("GET /ping" + HOST);
            client.send("GET /ping" + HOST + "x".repeat(50_000));
            assertThat(client.readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void closingWaitsForARequestInFlightAndAnswersProbesMeanwhile() {
        try (RawClient client = server.connect()) {
            client.send("GET /held" + HOST);
            await().until(() -> handled.get() == 1);
            CompletableFuture<Void> closed = closing();
            await().until(() -> server.answer("GET /ping" + HOST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
                    .equals(Answers.LAST_PONG));
            assertThat(closed).isNotDone();
            held.countDown();
            assertThat(client.readToEnd()).isEqualTo(Answers.text(200, "OK", "held", Answers.MADE_ID + Answers.CLOSE));
            assertThat(closed).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void closingWaitsForAnAnswerToBeTaken() {
        try (RawClient client = server.connect(8 * 1024)) {
            client.send("GET /large" + HOST);
            String first = client.read(1000);
            CompletableFuture<Void> closed = closing();
            assertThat((first + client.readToEnd()).length()).isGreaterThan(LARGE.length());
            assertThat(closed).succeedsWithin(PATIENCE);
        }
    }

    @Test
    void patienceEnds() {
        try (RawClient client = server.connect()) {
            client.send("GET /held" + HOST);
            await().until(() -> handled.get() == 1);
            server.close(Duration.ofMillis(50));
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void aClosedServerRefusesConnections() {
        RawClient idle = server.connect();
        server.awaitTick();
        server.close();
        assertThat(idle.isCutOff()).isTrue();
        assertThatThrownBy(server::connect)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void theAddressIsFreeAgain() {
        server.close();
        try (java.net.ServerSocket socket = new java.net.ServerSocket()) {
            socket.bind(server.address());
            assertThat(socket.isBound()).isTrue();
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
