package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionLimitTest {

    private static final int MAX = 4;
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";

    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicReference<CountDownLatch> stalled = new AtomicReference<>(held);
    private final AtomicInteger handled = new AtomicInteger();
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final CountedBody endless = CountedBody.endless(16 * 1024);
    private final TestServer server = TestServer.withConnections(
            MAX,
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/probe").access(Access.PROBE).handledBy(r -> {
                handled.incrementAndGet();
                held.await();
                return Response.text(200, "probe");
            }),
            Route.get("/stall").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> {
                handled.incrementAndGet();
                stalled.get().await();
                return Response.text(200, "stalled");
            }),
            Route.get("/later").handledBy(r -> {
                handled.incrementAndGet();
                return Response.held(later, () -> {});
            }),
            Route.writing(Method.PUT, "/upload").handledBy(r -> Response.empty(204)),
            Route.get("/endless").lane(Lane.SCRAPE).handledBy(r -> Response.stream(200, Response.TEXT, endless)));
    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        held.countDown();
        clients.forEach(RawClient::close);
        server.close();
    }

    private RawClient connect() {
        RawClient client = server.connect(8 * 1024);
        clients.add(client);
        server.awaitTick();
        return client;
    }

    private RawClient idle() {
        RawClient client = connect();
        client.send(PING).readUntil("pong");
        return client;
    }

    private RawClient withHalfAHeader() {
        return connect().send("GET /pi");
    }

    private RawClient waiting(String path) {
        int before = handled.get();
        RawClient client = connect().send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> handled.get() > before);
        server.awaitTick();
        return client;
    }

    private RawClient taking() {
        RawClient client = connect().send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
        client.read(1);
        server.awaitTick();
        return client;
    }

    private static void assertServed(RawClient client) {
        assertThat(client.send(PING).readUntil("pong")).isEqualTo(Answers.PONG);
    }

    @Test
    void theOldestIdleConnectionIsGivenUpFirst() {
        RawClient header = withHalfAHeader();
        RawClient oldest = idle();
        RawClient other = idle();
        RawClient waiting = waiting("/later");
        assertServed(connect());
        assertThat(oldest.isCutOff()).isTrue();
        assertServed(other);
        later.complete(Response.text(200, "later"));
        assertThat(waiting.readUntil("later")).startsWith("HTTP/1.1 200 OK");
        assertThat(header.send("ng HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("pong"))
                .isEqualTo(Answers.PONG);
    }

    @Test
    void thenTheOldestWithoutAHeader() {
        waiting("/later");
        RawClient oldest = connect();
        RawClient other = withHalfAHeader();
        taking();
        assertServed(connect());
        assertThat(oldest.isCutOff()).isTrue();
        assertThat(other.send("ng HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("pong"))
                .isEqualTo(Answers.PONG);
    }

    @Test
    void thenTheOldestThatWaitsForSomethingToHappen() {
        taking();
        RawClient oldest = waiting("/later");
        RawClient other = waiting("/later");
        RawClient probe = waiting("/probe");
        assertServed(connect());
        assertThat(oldest.isCutOff()).isTrue();
        later.complete(Response.text(200, "later"));
        assertThat(other.readUntil("later")).startsWith("HTTP/1.1 200 OK");
        held.countDown();
        assertThat(probe.readUntil("probe")).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void thenTheOldestThatTakesItsAnswer() {
        RawClient oldest = taking();
        taking();
        waiting("/probe");
        waiting("/probe");
        assertServed(connect());
        assertThat(oldest.seesReset()).isTrue();
        await().untilAsserted(() -> assertThat(endless.closedBy()).hasSize(1));
    }

    @Test
    void aConnectionThatWaitsForAProbesAnswerIsNeverChosen() {
        List<RawClient> probes = new ArrayList<>(List.of(waiting("/probe"), waiting("/probe")));
        for (int i = 2; i < MAX; i++) {
            probes.add(connect().send("GET /probe HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        server.awaitTick();
        assertThat(connect().isCutOff()).isTrue();
        held.countDown();
        for (RawClient probe : probes) {
            assertThat(probe.readUntil("probe")).isEqualTo(Answers.text(200, "OK", "probe", ""));
        }
    }

    @Test
    void aProbeIsServedWhileSilentClientsTakeAllPlaces() {
        for (int i = 0; i < 3 * MAX; i++) {
            connect();
        }
        assertServed(connect());
    }

    @Test
    void aBurstOfConnectionsLeavesNoMoreThanThereMayBe() {
        connect().send("GET /stall HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> handled.get() == 1);
        List<RawClient> burst = new ArrayList<>();
        for (int i = 0; i < 20 * MAX; i++) {
            burst.add(server.connect());
        }
        clients.addAll(burst);
        held.countDown(); // Now the event loop finds them all at once.
        server.awaitTick();
        assertThat(burst.stream().filter(ConnectionLimitTest::isServed)).hasSize(MAX);
    }

    @Test
    void aRequestThatIsHeldUntilSomethingHappensIsGivenUpBeforeOneThatIsBeingAnswered() {
        try (TestServer small = TestServer.withConnections(
                        2,
                        Route.get("/poll").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> never()),
                        Route.get("/work")
                                .lane(Lane.LOOP)
                                .handledBy(r -> Response.later(new CompletableFuture<>(), () -> {})));
                RawClient working = small.connect();
                RawClient polling = small.connect()) {
            working.send("GET /work HTTP/1.1\r\nHost: a\r\n\r\n");
            polling.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
            small.awaitTick();
            try (RawClient latest = small.connect()) {
                assertThat(polling.isCutOff()).isTrue();
                assertThat(latest.send("GET /none HTTP/1.0\r\n\r\n").readToEnd())
                        .startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void noMoreThanSixtyFourRequestsAreHeldAtOnce() {
        List<RawClient> polls = new ArrayList<>();
        try (TestServer wide = TestServer.withConnections(
                100, Route.get("/poll").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> never()))) {
            for (int i = 0; i < 64; i++) {
                polls.add(wide.connect().send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n"));
            }
            wide.awaitTick();
            assertThat(wide.answer("GET /poll HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("\r\nRetry-After: 1\r\n");
        } finally {
            polls.forEach(RawClient::close);
        }
    }

    @Test
    void aRequestWhoseBodyDoesNotComeIsGivenUpBeforeANewcomer() {
        RawClient oldest = uploading();
        uploading();
        RawClient silent = connect();
        taking();
        assertServed(connect());
        assertThat(oldest.isCutOff()).isTrue();
        assertServed(silent);
    }

    @Test
    void newcomersAreHeardBeforeOneTakesThePlaceOfAnother() {
        for (Runnable slow : List.<Runnable>of(this::uploading, this::taking, () -> waiting("/later"))) {
            clients.forEach(RawClient::close);
            clients.clear();
            server.awaitTick();
            for (int i = 1; i < MAX; i++) {
                slow.run();
            }
            List<RawClient> newcomers = arrivingTogether(MAX - 1);
            assertThat(newcomers)
                    .allSatisfy(
                            newcomer -> assertThat(newcomer.readUntil("pong")).isEqualTo(Answers.PONG));
        }
    }

    /** Newcomers that the event loop, busy with a probe, finds all at once, with their requests sent. */
    private List<RawClient> arrivingTogether(int count) {
        CountDownLatch stall = new CountDownLatch(1);
        stalled.set(stall);
        int before = handled.get();
        connect().send("GET /stall HTTP/1.1\r\nHost: a\r\n\r\n");
        await().until(() -> handled.get() > before);
        List<RawClient> newcomers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            newcomers.add(server.connect().send(PING));
        }
        clients.addAll(newcomers);
        stall.countDown();
        return newcomers;
    }

    private RawClient uploading() {
        RawClient client = connect()
                .send(
                        "PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
        server.awaitTick();
        return client;
    }

    private static Response never() {
        return Response.held(new CompletableFuture<>(), () -> {});
    }

    private static boolean isServed(RawClient client) {
        try {
            return client.send(PING).readUntil("pong").equals(Answers.PONG);
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }
}
