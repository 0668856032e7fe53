package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.ServerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of events where the port speaks TLS, on either way to wait for sockets. */
@ParameterizedClass
@MethodSource("transports")
final class EventsOverTlsTest {

    private static final Certificates CERTIFICATES = Certificates.get();

    @Parameter
    private EventTransport transport;

    private final Feed feed = new Feed();
    private TestServer server;
    private RawClient client;

    static Stream<EventTransport> transports() {
        return Stream.of(EventTransport.best(), EventTransport.nio());
    }

    @BeforeEach
    void subscribe(@TempDir Path directory) throws IOException {
        Path chain = Files.writeString(directory.resolve("tls.crt"), CERTIFICATES.chain("server"));
        Path key = Files.writeString(directory.resolve("tls.key"), CERTIFICATES.key("server"));
        TlsSource source = TlsSource.read(Tls.pem(chain, key), InstantSource.system());
        server = TestServer.secured(
                TestServer.OPEN, source, transport, Route.get("/events").handledBy(r -> Response.events(feed)));
        client = new RawClient(CERTIFICATES
                .anonymous()
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort()));
        client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readUntil("\r\n\r\n");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void awaitClosed() {
        await().untilAsserted(() -> assertThat(feed.closedBy()).hasSize(1));
    }

    @Test
    void eventsOfAllSizesArrive() {
        for (int i = 0; i < 10; i++) {
            feed.send(ServerEvent.of("small"));
            assertThat(client.readUntil("small\n\n\r\n")).isEqualTo("d\r\ndata: small\n\n\r\n");
            feed.send(ServerEvent.of("x".repeat(60 * 1024)));
            assertThat(client.read("f008\r\n\r\n".length() + 0xf008)).startsWith("f008\r\ndata: xx");
            server.awaitTick();
        }
    }

    @Test
    void aClientThatLeavesEndsItsSubscription() {
        client.close();
        awaitClosed();
    }

    @Test
    void aClientThatTakesTooLittleIsCutOff() {
        feed.flood(ServerEvent.of("x".repeat(1000)));
        server.awaitTick();
        awaitClosed();
        assertThat(client.seesReset()).isTrue();
    }

    @Test
    void aClientThatTakesNothingForThirtySecondsIsCutOff() {
        ServerEvent event = ServerEvent.of("x".repeat(60 * 1024));
        int sent = 0;
        while (sent < 500 && feed.sink(0).send(event)) {
            server.skip(Duration.ofSeconds(31));
            sent++;
        }
        assertThat(sent).isBetween(2, 499);
        awaitClosed();
    }

    @Test
    void closingTheServerEndsAStreamInOrder() {
        server.close(Duration.ofSeconds(10));
        assertThat(client.readToEnd()).isEqualTo("0\r\n\r\n");
        awaitClosed();
    }
}
