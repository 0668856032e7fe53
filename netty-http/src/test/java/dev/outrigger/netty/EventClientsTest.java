package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.ServerEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What becomes of streams of events among other requests, and who can read them. */
final class EventClientsTest {

    private static final String FIELDS = " HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\n\r\n";

    private final WrittenLog log = WrittenLog.of("outrigger.access", Level.INFO);
    private final Feed feed = new Feed();
    private final List<RawClient> clients = new ArrayList<>();
    private final TestServer server = TestServer.withConnections(
            70,
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/poll").lane(Lane.LOOP).handledBy(r -> Response.held(new CompletableFuture<>(), () -> {})),
            Route.get("/endless").handledBy(r -> Response.stream(200, Response.TEXT, CountedBody.endless(16 * 1024))),
            Route.get("/events").handledBy(r -> Response.events(feed)),
            Route.get("/job")
                    .handledBy(r -> Response.events(sink -> {
                        long seen =
                                r.header("Last-Event-ID").map(Long::parseLong).orElse(0L);
                        for (long id = seen + 1; id <= 3; id++) {
                            sink.send(ServerEvent.of(id, "step", "step " + id + "\nof 3"));
                        }
                        sink.end();
                        return feed.open(sink);
                    })));

    @AfterEach
    void close() {
        clients.forEach(RawClient::close);
        server.close();
        log.close();
    }

    private RawClient connect() {
        RawClient client = server.connect(8 * 1024);
        clients.add(client);
        return client;
    }

    private RawClient subscribed() {
        RawClient client = connect().send("GET /events" + FIELDS);
        client.readUntil("\r\n\r\n");
        return client;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    @Test
    void streamsAndLongPollsTogetherHoldAtMostSixtyFour() {
        RawClient first = subscribed();
        IntStream.range(1, 32).forEach(i -> subscribed());
        IntStream.range(32, 64).forEach(i -> connect().send("GET /poll" + FIELDS));
        server.awaitTick();
        for (String path : List.of("/poll", "/events")) {
            assertThat(server.answer("GET " + path + " HTTP/1.0\r\nX-Request-Id: r-1\r\n\r\n"))
                    .isEqualTo(Answers.problem(
                            503,
                            "Service Unavailable",
                            "Retry-After: 1\r\n",
                            Answers.CLOSE,
                            "Too many requests wait at once",
                            "r-1"));
        }
        assertThat(feed.opened()).isEqualTo(32);
        assertThat(server.answer("HEAD /events HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        first.close();
        await().untilAsserted(() -> assertThat(feed.closedBy()).hasSize(1));
        assertThat(connect().send("GET /events" + FIELDS).readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aStreamIsGivenUpBeforeAnAnswerThatIsBeingTaken() {
        RawClient taking = connect().send("GET /endless" + FIELDS);
        taking.read(1);
        RawClient oldest = subscribed();
        RawClient other = subscribed();
        IntStream.range(3, 70)
                .forEach(i -> connect().send("GET /endless" + FIELDS).read(1));
        RawClient latest = connect().send("GET /ping" + FIELDS);
        assertThat(latest.readUntil("pong")).startsWith("HTTP/1.1 200 ");
        assertThat(oldest.isCutOff()).isTrue();
        await().untilAsserted(() -> assertThat(feed.closedBy()).hasSize(1));
        assertThat(feed.sink(1).send(ServerEvent.of("still"))).isTrue();
        assertThat(other.readUntil("still\n\n\r\n")).contains("data: still");
        taking.read(1000);
    }

    @Test
    void aStreamIsOneLineOfTheLogAtItsEnd() {
        RawClient client = connect().send("GET /events" + FIELDS);
        int length = client.readUntil("\r\n\r\n").length();
        feed.send(ServerEvent.of("one"));
        length += client.readUntil("one\n\n\r\n").length();
        server.skip(Duration.ofSeconds(10));
        assertThat(log.lines()).isEmpty();
        client.close();
        int bytes = length;
        await().untilAsserted(() -> assertThat(log.lines()).hasSize(1));
        assertThat(log.lines().get(0))
                .contains(" route=/events status=200 outcome=ok duration_ms=10000.0 bytes=" + bytes);
    }

    @Test
    void aStreamThatIsCutOffIsLoggedAsBrokenOff() {
        RawClient client = subscribed();
        feed.flood(ServerEvent.of("x".repeat(1000)));
        server.awaitTick();
        assertThat(client.seesReset()).isTrue();
        await().untilAsserted(() -> assertThat(log.lines()).hasSize(1));
        assertThat(log.lines().get(0)).contains(" route=/events status=200 outcome=broken_off ");
    }

    @Test
    void javasClientReadsEventsAsTheyCome() throws Exception {
        HttpClient java = HttpClient.newHttpClient();
        HttpRequest get = HttpRequest.newBuilder(uri("/events")).build();
        HttpResponse<InputStream> answer = java.send(get, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
            feed.send(ServerEvent.of(1, "", "\u20ac"));
            assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine()))
                    .containsExactly("id: 1", "data: \u20ac", "");
            feed.send(ServerEvent.of("more"));
            assertThat(List.of(lines.readLine(), lines.readLine())).containsExactly("data: more", "");
            feed.sink(0).end();
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void aClientThatComesBackGoesOnWhereItWas() throws Exception {
        HttpRequest again =
                HttpRequest.newBuilder(uri("/job")).header("Last-Event-ID", "2").build();
        assertThat(HttpClient.newHttpClient()
                        .send(again, HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("id: 3\nevent: step\ndata: step 3\ndata: of 3\n\n");
    }

    @Test
    @EnabledIf("hasCurl")
    void curlReadsEventsAsTheyCome() throws Exception {
        Process curl = new ProcessBuilder("curl", "-sN", uri("/events").toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = curl.inputReader(UTF_8)) {
            feed.send(ServerEvent.of("job", "one"));
            assertThat(List.of(lines.readLine(), lines.readLine(), lines.readLine()))
                    .containsExactly("event: job", "data: one", "");
            feed.sink(0).end();
            assertThat(lines.readLine()).isNull();
            assertThat(curl.waitFor()).isZero();
        } finally {
            curl.destroyForcibly();
        }
    }

    /** Tells whether there is a curl, or has to be one. */
    static boolean hasCurl() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("curl", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException e) {
            return Boolean.parseBoolean(System.getenv("OUTRIGGER_REQUIRE_CLIENTS"));
        }
    }
}
