package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PipeliningTest {

    private static final String HOST = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String SOME = "x".repeat(16 * 1024);
    private static final String MUCH = "y".repeat(200 * 1024);

    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/loop/{n}").lane(Lane.LOOP).handledBy(r -> Response.text(200, r.pathParameter("n"))),
            Route.get("/ops/{n}").handledBy(r -> Response.text(200, r.pathParameter("n"))),
            Route.get("/some").lane(Lane.LOOP).handledBy(r -> {
                handled.incrementAndGet();
                return Response.text(200, SOME);
            }),
            Route.get("/much").handledBy(r -> Response.text(200, MUCH)),
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

    @Test
    void aThousandRequestsAtOnceAreAnsweredInTheirOrder() {
        StringBuilder requests = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            requests.append("GET /")
                    .append(i % 3 == 0 ? "ops/" : "loop/")
                    .append(i)
                    .append(HOST);
            answers.append(Answers.text(200, "OK", Integer.toString(i), Answers.MADE_ID));
        }
        assertThat(server.answer(requests + LAST_PING)).isEqualTo(answers + Answers.LAST_PONG);
    }

    @Test
    void whatIsBehindARefusedRequestIsNeverAnswered() {
        String answers = server.answer("GET /ping" + HOST + "GET /ping\r\n\r\n" + LAST_PING);
        assertThat(answers).startsWith(Answers.PONG + "HTTP/1.1 400 Bad Request\r\n");
        assertThat(Answers.count(answers)).isEqualTo(2);
    }

    @Test
    void whatIsBehindTheLastRequestIsNeverAnswered() {
        assertThat(server.answer(LAST_PING + LAST_PING)).isEqualTo(Answers.LAST_PONG);
    }

    @Test
    void aLargeAnswerIsAnsweredOnce() {
        try (RawClient client = server.connect()) {
            client.send("GET /much" + HOST + "GET /held" + HOST + LAST_PING);
            String much = Answers.text(200, "OK", MUCH, Answers.MADE_ID);
            assertThat(client.read(much.length()).equals(much)).isTrue();
            await().until(() -> handled.get() == 1);
            server.awaitTick();
            held.countDown();
            assertThat(client.readToEnd())
                    .isEqualTo(Answers.text(200, "OK", "held", Answers.MADE_ID) + Answers.LAST_PONG);
        }
    }

    /** More than one read's worth comes to the parser at once only behind a request that took its time. */
    @Test
    void anOverlongRequestLineBehindARequestThatTookItsTimeIsRefused() {
        try (RawClient client = server.connect()) {
            client.send("GET /held" + HOST);
            await().until(() -> handled.get() == 1);
            for (int i = 0; i < 3; i++) {
                client.send("G".repeat(5_000));
                server.awaitTick();
            }
            client.send("G".repeat(5_000) + " /ping HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(10_000));
            server.awaitTick();
            held.countDown();
            assertThat(client.readUntil("held")).isEqualTo(Answers.text(200, "OK", "held", Answers.MADE_ID));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 414 ").contains(Answers.CLOSE);
        }
        assertThat(server.answer(LAST_PING)).isEqualTo(Answers.LAST_PONG);
    }

    @Test
    void aClientThatPipelinesAndNeverReadsIsNotServedWithoutBound() throws IOException {
        ByteBuffer requests = ByteBuffer.wrap(("GET /some" + HOST).repeat(2_000).getBytes(StandardCharsets.US_ASCII));
        try (SocketChannel client = SocketChannel.open(server.address())) {
            client.configureBlocking(false);
            awaitStill(client, requests);
            // What the sockets of both sides take, and one high-water mark.
            assertThat(handled.get()).isBetween(2, 1_000);
            assertThat(server.answer(LAST_PING)).isEqualTo(Answers.LAST_PONG);

            server.skip(Duration.ofHours(1));
            await().until(() -> isCutOff(client));
        }
    }

    private void awaitStill(SocketChannel client, ByteBuffer requests) {
        int[] before = {-1};
        await().until(() -> {
            client.write(requests);
            server.awaitTick();
            boolean still = handled.get() == before[0];
            before[0] = handled.get();
            return still;
        });
    }

    private static boolean isCutOff(SocketChannel client) {
        try {
            client.write(ByteBuffer.wrap(new byte[] {'G'}));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
