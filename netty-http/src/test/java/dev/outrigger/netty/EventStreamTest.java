package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.EventFeed;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.ServerEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events, on either way to wait for sockets. */
@ParameterizedClass
@MethodSource("transports")
final class EventStreamTest {

    private static final String GET = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST_GET = "GET /events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String LAST_PING = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String FIELDS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String HEAD = FIELDS + CHUNKED + Answers.COMMON + Answers.MADE_ID + "\r\n";
    private static final String HEAD_10 = FIELDS + Answers.COMMON + Answers.MADE_ID + Answers.CLOSE + "\r\n";

    private final Feed feed = new Feed();
    private final AtomicReference<EventFeed> served = new AtomicReference<>(feed);
    private final TestServer server;

    EventStreamTest(EventTransport transport) {
        server = TestServer.on(
                transport,
                Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
                Route.get("/events").handledBy(r -> Response.events(served.get())),
                Route.get("/loop").lane(Lane.LOOP).handledBy(r -> Response.events(served.get())),
                Route.get("/probe").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.events(served.get())),
                Route.get("/held")
                        .handledBy(r -> Response.held(
                                CompletableFuture.completedFuture(Response.events(served.get())), () -> {})));
    }

    static Stream<EventTransport> transports() {
        return Stream.of(EventTransport.best(), EventTransport.nio());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RawClient subscribed() {
        RawClient client = server.connect(8 * 1024).send(GET);
        client.readUntil("\r\n\r\n");
        return client;
    }

    private void awaitClosedOnce(String lane) {
        await().untilAsserted(() -> assertThat(feed.closedBy()).hasSize(1));
        assertThat(feed.closedBy().get(0)).startsWith(lane);
        server.awaitTick();
        assertThat(feed.closedBy()).hasSize(1);
        assertThat(feed.sink(0).send(ServerEvent.of("late"))).isFalse();
    }

    private static String chunk(String events) {
        return Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
    }

    @Test
    void anEventLeavesWhenItIsSent() {
        try (RawClient client = server.connect().send(GET)) {
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo(HEAD);
            feed.send(ServerEvent.of(1, "job", "a\nb"));
            assertThat(client.readUntil("\n\n\r\n")).isEqualTo(chunk("id: 1\nevent: job\ndata: a\ndata: b\n\n"));
            feed.send(ServerEvent.of("c"));
            assertThat(client.readUntil("\n\n\r\n")).isEqualTo(chunk("data: c\n\n"));
            assertThat(feed.closedBy()).isEmpty();
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/held"})
    void aStreamIsOpenedAndClosedOnALane(String path) {
        try (RawClient client = server.connect().send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo(HEAD);
            assertThat(feed.openedBy()).hasSize(1).allMatch(thread -> thread.startsWith("outrigger-ops-"));
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void whatIsSentWhileTheStreamOpensComesFirst() {
        served.set(sink -> {
            IntStream.range(0, 100).forEach(i -> sink.send(ServerEvent.of(i, "", "past")));
            AutoCloseable subscription = feed.open(sink);
            sink.send(ServerEvent.of(100, "", "present"));
            return subscription;
        });
        try (RawClient client = subscribed()) {
            feed.send(ServerEvent.of(101, "", "future"));
            assertThat(idsIn(client.readUntil("future\n\n\r\n")))
                    .isEqualTo(IntStream.rangeClosed(0, 101).boxed().toList());
        }
    }

    private static List<Integer> idsIn(String events) {
        return events.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Integer.valueOf(line.substring(4)))
                .toList();
    }

    @Test
    void theEventsOfEachThreadArriveInItsOrder() {
        try (RawClient client = server.connect().send(LAST_GET)) {
            List<Integer> ids = IntStream.range(0, 200).boxed().toList();
            List<CompletableFuture<Void>> senders = Stream.of("a", "b", "c")
                    .map(type -> CompletableFuture.runAsync(() ->
                            ids.forEach(id -> feed.send(ServerEvent.of(id, type, "x".repeat(20))))))
                    .toList();
            CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).join();
            feed.sink(0).end();
            String events = client.readToEnd().replaceAll("(?m)^[0-9a-f]*\r\n", "");
            for (String type : List.of("a", "b", "c")) {
                String own = Stream.of(events.split("\n\n"))
                        .filter(event -> event.contains("event: " + type))
                        .collect(Collectors.joining("\n"));
                assertThat(idsIn(own)).isEqualTo(ids);
            }
        }
    }

    @Test
    void aStreamThatEndsKeepsItsConnection() {
        try (RawClient client = subscribed()) {
            feed.send(ServerEvent.of("last"));
            feed.sink(0).end();
            feed.sink(0).end();
            assertThat(feed.sink(0).send(ServerEvent.of("late"))).isFalse();
            assertThat(client.readUntil("\r\n0\r\n\r\n")).isEqualTo(chunk("data: last\n\n") + "0\r\n\r\n");
            assertThat(client.send(LAST_PING).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void aStreamMayEndBeforeItIsOpen() {
        served.set(sink -> {
            sink.send(ServerEvent.of("all"));
            sink.end();
            return feed.open(sink);
        });
        try (RawClient client = server.connect().send(GET + LAST_PING)) {
            assertThat(client.readToEnd()).isEqualTo(HEAD + chunk("data: all\n\n") + "0\r\n\r\n" + Answers.LAST_PONG);
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void aStreamThatEndsWithItsLastEventEndsOnce() {
        served.set(sink -> {
            sink.send(ServerEvent.of("all"));
            sink.end();
            return feed.open(sink);
        });
        try (RawClient client = subscribed()) {
            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo(chunk("data: all\n\n") + "0\r\n\r\n");
            assertThat(client.send(LAST_PING).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void http10GetsItsEventsUntilTheConnectionEnds() {
        try (RawClient client = server.connect().send("GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")) {
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo(HEAD_10);
            feed.send(ServerEvent.of("one"));
            assertThat(client.readUntil("\n\n")).isEqualTo("data: one\n\n");
            feed.send(ServerEvent.of("two"));
            feed.sink(0).end();
            assertThat(client.readToEnd()).isEqualTo("data: two\n\n");
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void headAndOptionsSubscribeToNothing() {
        assertThat(server.answer("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\nHEAD /events HTTP/1.0\r\n\r\n"))
                .isEqualTo(HEAD + HEAD_10);
        assertThat(server.answer("OPTIONS /events HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 204 ");
        assertThat(server.answer("OPTIONS /probe HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(feed.opened()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1"})
    void aFeedThatRefusesIsAnsweredLikeAHandlerThatThrows(String version) {
        served.set(sink -> {
            sink.send(ServerEvent.of("never seen"));
            throw Problem.notFound("No such job").asException();
        });
        String get = "GET /events HTTP/" + version + "\r\nHost: a\r\nX-Request-Id: r-1\r\nConnection: close\r\n\r\n";
        assertThat(server.answer(get))
                .isEqualTo(Answers.problem(404, "Not Found", "", Answers.CLOSE, "No such job", "r-1"));
        served.set(sink -> {
            throw new IOException("secret path");
        });
        assertThat(server.answer(get))
                .isEqualTo(Answers.problem(500, "Internal Server Error", "", Answers.CLOSE, "Internal error", "r-1"));
        served.set(sink -> null);
        assertThat(server.answer(get)).startsWith("HTTP/1.1 500 ");
    }

    @Test
    void silenceIsBrokenByACommentEveryFifteenSeconds() {
        try (RawClient client = subscribed()) {
            server.skip(Duration.ofSeconds(14));
            feed.send(ServerEvent.of("one"));
            assertThat(client.readUntil("one\n\n\r\n")).isEqualTo(chunk("data: one\n\n"));
            server.skip(Duration.ofSeconds(14));
            feed.send(ServerEvent.of("two"));
            assertThat(client.readUntil("two\n\n\r\n")).isEqualTo(chunk("data: two\n\n"));
            server.skip(Duration.ofSeconds(45));
            feed.send(ServerEvent.of("three"));
            assertThat(client.readUntil("three\n\n\r\n"))
                    .isEqualTo(chunk(":\n\n").repeat(3) + chunk("data: three\n\n"));
        }
    }

    @Test
    void aStreamHasNoTotalDeadline() {
        try (RawClient client = subscribed()) {
            server.skip(Duration.ofMinutes(20));
            feed.send(ServerEvent.of("still"));
            assertThat(client.readUntil("still\n\n\r\n")).endsWith(chunk("data: still\n\n"));
        }
    }

    @Test
    void aClientWithMoreThanSixtyFourKibibytesUntakenIsCutOff() {
        try (RawClient client = subscribed()) {
            int taken = feed.flood(ServerEvent.of("x".repeat(1000)));
            assertThat(taken).isGreaterThanOrEqualTo(64);
            awaitClosedOnce("outrigger-ops-");
            assertThat(client.seesReset()).isTrue();
        }
    }

    @Test
    void sixtyFourKibibytesMayWait() {
        served.set(sink -> {
            IntStream.range(0, 64).forEach(i -> sink.send(ServerEvent.of("x".repeat(1024 - 8))));
            return feed.open(sink);
        });
        try (RawClient client = subscribed()) {
            assertThat(client.read("10000\r\n\r\n".length() + 64 * 1024))
                    .startsWith("10000\r\n")
                    .endsWith("\n\n\r\n");
            feed.send(ServerEvent.of("more"));
            assertThat(client.readUntil("\n\n\r\n")).isEqualTo(chunk("data: more\n\n"));
        }
    }

    @Test
    void anEventThatCanNeverLeaveCutsItsClientOff() {
        try (RawClient client = subscribed()) {
            assertThat(feed.sink(0).send(ServerEvent.of("x".repeat(64 * 1024)))).isFalse();
            awaitClosedOnce("outrigger-ops-");
            assertThat(client.seesReset()).isTrue();
        }
    }

    @Test
    void aClientThatTakesNothingForThirtySecondsIsCutOff() {
        try (RawClient client = subscribed()) {
            ServerEvent event = ServerEvent.of("x".repeat(60 * 1024));
            // One event each time: the first that the sockets have no room for is given up before the next comes.
            int sent = 0;
            while (sent < 500 && feed.sink(0).send(event)) {
                server.skip(Duration.ofSeconds(31));
                sent++;
            }
            assertThat(sent).isBetween(2, 499);
            awaitClosedOnce("outrigger-ops-");
            assertThat(client.seesReset()).isTrue();
        }
    }

    @Test
    void aClientThatTakesItAllGetsMoreThanMayWait() {
        try (RawClient client = server.connect().send(GET)) {
            client.readUntil("\r\n\r\n");
            ServerEvent event = ServerEvent.of("x".repeat(60 * 1024));
            for (int i = 0; i < 20; i++) {
                feed.send(event);
                assertThat(client.read(event.encode().length + "f000\r\n\r\n".length()))
                        .endsWith("x\n\n\r\n");
                server.awaitTick();
            }
        }
    }

    @Test
    void aClientThatLeavesEndsItsSubscription() {
        subscribed().close();
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void aClientThatIsResetEndsItsSubscription() {
        subscribed().reset();
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void aClientThatLeavesBehindMuchInputIsNoticed() {
        try (RawClient client = subscribed()) {
            client.send("G".repeat(10_000));
            server.awaitTick();
        }
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void aClientThatLeavesWhileTheStreamOpensEndsItsSubscriptionAfterwards() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        served.set(sink -> {
            begun.countDown();
            goOn.await();
            return feed.open(sink);
        });
        try (RawClient client = server.connect().send(GET)) {
            begun.await();
            client.reset();
        }
        server.awaitTick();
        goOn.countDown();
        awaitClosedOnce("outrigger-ops-");
    }

    @Test
    void closingTheServerEndsAStreamInOrder() {
        try (RawClient client = subscribed();
                RawClient older = server.connect().send("GET /events HTTP/1.0\r\n\r\n")) {
            older.readUntil("\r\n\r\n");
            feed.sink(1);
            server.drain();
            feed.send(ServerEvent.of("draining"));
            assertThat(client.readUntil("\n\n\r\n")).isEqualTo(chunk("data: draining\n\n"));
            server.close(Duration.ofSeconds(10));
            assertThat(client.readToEnd()).isEqualTo("0\r\n\r\n");
            assertThat(older.readToEnd()).isEmpty();
        }
        assertThat(feed.closedBy()).hasSize(2).allMatch(thread -> thread.startsWith("outrigger-ops-"));
    }
}
