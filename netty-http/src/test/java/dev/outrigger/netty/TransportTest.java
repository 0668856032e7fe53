package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main cases, on either way to wait for sockets. */
final class TransportTest {

    private static final String LAST = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String LARGE = "l".repeat(1024 * 1024);

    private final AtomicReference<CountedBody> body = new AtomicReference<>(CountedBody.of("piece"));
    private final AtomicInteger abandoned = new AtomicInteger();

    static Stream<EventTransport> transports() {
        return Stream.of(EventTransport.best(), EventTransport.nio());
    }

    private TestServer server(EventTransport transport) {
        Route[] samples = RequestSamples.routes();
        Route[] routes = Stream.concat(
                        Stream.of(samples),
                        Stream.of(
                                Route.get("/large").access(Access.PROBE).handledBy(r -> Response.text(200, LARGE)),
                                Route.get("/stream").handledBy(r -> Response.stream(200, Response.TEXT, body.get())),
                                Route.get("/later")
                                        .handledBy(r ->
                                                Response.later(new CompletableFuture<>(), abandoned::incrementAndGet))))
                .toArray(Route[]::new);
        return TestServer.on(transport, routes);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void everySampleIsAnsweredInOneByteSegmentsToo(EventTransport transport) {
        try (TestServer server = server(transport)) {
            RequestSamples.all()
                    .filter(request -> request.bytes().length() < 300)
                    .forEach(request -> {
                        try (RawClient client = server.connect()) {
                            sendByteByByte(client, request.bytes());
                            assertThat(client.readUntil(" " + request.status() + " "))
                                    .as(request.name())
                                    .startsWith("HTTP/1.1 ");
                        }
                    });
        }
    }

    private static void sendByteByByte(RawClient client, String bytes) {
        try {
            bytes.chars().forEach(b -> client.send(new byte[] {(byte) b}));
        } catch (RuntimeException e) {
            assertThat(e).as("the server had seen enough").hasCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void wholeAndLargeAndStreamedAnswersArrive(EventTransport transport) {
        try (TestServer server = server(transport)) {
            assertThat(server.answer("GET /ping" + LAST)).isEqualTo(Answers.LAST_PONG);
            assertThat(server.answer("GET /large" + LAST).equals(Answers.text(200, "OK", LARGE, Answers.CLOSE)))
                    .isTrue();
            assertThat(server.answer("GET /stream" + LAST)).endsWith("\r\n5\r\npiece\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAnswerThatBreaksOffIsReset(EventTransport transport) {
        body.set(CountedBody.failingAfter(1, new IOException()));
        try (TestServer server = server(transport);
                RawClient client = server.connect()) {
            assertThat(client.send("GET /stream" + LAST).seesReset()).isTrue();
            await().untilAsserted(() -> assertThat(body.get().closedBy()).hasSize(1));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAnswerThatIsNotTakenIsReset(EventTransport transport) {
        body.set(CountedBody.endless(16 * 1024));
        try (TestServer server = server(transport);
                RawClient client = server.connect(8 * 1024)) {
            client.send("GET /stream" + LAST);
            body.get().awaitStall();
            server.skip(Duration.ofHours(1));
            assertThat(client.seesReset()).isTrue();
            await().untilAsserted(() -> assertThat(body.get().closedBy()).hasSize(1));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aClientThatLeavesIsNoticed(EventTransport transport) {
        try (TestServer server = server(transport);
                RawClient client = server.connect()) {
            client.send("GET /later" + LAST);
            server.awaitTick();
            client.reset();
            await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void silenceAndErrorsEndTheConnection(EventTransport transport) {
        try (TestServer server = server(transport);
                RawClient silent = server.connect();
                RawClient slow = server.connect().send("GET")) {
            server.skip(Duration.ofSeconds(6));
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(slow.readToEnd()).startsWith("HTTP/1.1 408 ");
            assertThat(server.answer("nonsense\r\n\r\n" + "x".repeat(100_000))).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAddressThatIsTakenIsNamed(EventTransport transport) {
        try (TestServer server = server(transport)) {
            assertThatThrownBy(() -> TestServer.at(server.address(), transport))
                    .isInstanceOf(SidecarStartException.class)
                    .hasMessageContaining(":" + server.address().getPort());
        }
    }
}
