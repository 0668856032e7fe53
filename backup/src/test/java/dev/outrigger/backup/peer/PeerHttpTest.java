package dev.outrigger.backup.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.outrigger.secrets.SecretValue;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerHttpTest {

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private volatile int status = 200;
    private volatile byte[] answer = "{\"a\":1}".getBytes(UTF_8);

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
            exchange.getResponseHeaders().set("Connection", "close"); // As a sidecar answers who says so itself.
            exchange.sendResponseHeaders(status, answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            } catch (IOException e) {
                asked.add("left");
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private URI url(String prefix) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix);
    }

    @Test
    void asksWithTokenAndBodyBelowThePrefix() throws IOException {
        PeerHttp peers = new PeerHttp(PeerAccess.withToken(() -> SecretValue.of("t0ken")));
        PeerAnswer read = peers.ask(url("/ops/"), "/api/v1/jobs/7", new byte[0]);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().wholeNumber("a")).isEqualTo(1);
        peers.ask(url(""), "/api/v1/backup/shards", "{}".getBytes(UTF_8));
        assertThat(asked)
                .containsExactly(
                        "GET /ops/api/v1/jobs/7  Bearer t0ken null",
                        "POST /api/v1/backup/shards {} Bearer t0ken application/json");
    }

    @Test
    void aRefusalIsAnAnswerWithItsReason() throws IOException {
        status = 409;
        answer = "{\"error\":\"taken\",\"status\":409}".getBytes(UTF_8);
        PeerAnswer refused = new PeerHttp(PeerAccess.open()).ask(url(""), "/x", new byte[0]);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("taken");
        answer = "<html>".getBytes(UTF_8);
        assertThat(new PeerHttp(PeerAccess.open())
                        .ask(url(""), "/x", new byte[0])
                        .error())
                .isEqualTo("answered 409");
        assertThat(asked).allMatch(line -> line.contains(" null null"));
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        status = 307;
        assertThat(new PeerHttp(PeerAccess.open())
                        .ask(url(""), "/x", "{}".getBytes(UTF_8))
                        .status())
                .isEqualTo(307);
    }

    @Test
    void aRefusalOfTheTokenAsksNobodyForAnother() throws IOException {
        status = 401;
        assertThat(new PeerHttp(PeerAccess.open())
                        .ask(url(""), "/x", new byte[0])
                        .status())
                .isEqualTo(401);
        assertThat(new PeerHttp(PeerAccess.open())
                        .ask(url(""), "/x", "{}".getBytes(UTF_8))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        answer = new byte[PeerTransport.MAX_ANSWER_BYTES + 1];
        assertThatThrownBy(() -> new PeerHttp(PeerAccess.open()).ask(url(""), "/x", new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too large");
    }

    @Test
    void aPeerThatIsSilentIsNotWaitedForForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PeerHttp peers = new PeerHttp(PeerAccess.open().timeout(Duration.ofMillis(50)));
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            assertThatThrownBy(() -> peers.ask(url, "/x", new byte[0])).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aPeerThatIsNotThereIsAFailure() {
        server.stop(0);
        assertThatThrownBy(() -> new PeerHttp(PeerAccess.open()).ask(url(""), "/x", new byte[0]))
                .isInstanceOf(IOException.class);
    }

    @Test
    void noThreadOfTheJdkStaysBehind() throws IOException {
        Set<Thread> before = keepers();
        new PeerHttp(PeerAccess.open()).ask(url(""), "/x", new byte[0]);
        new PeerHttp(PeerAccess.open()).ask(url(""), "/x", "{}".getBytes(UTF_8));
        assertThat(before).containsAll(keepers());
    }

    private static Set<Thread> keepers() {
        Set<Thread> keepers = new HashSet<>(Thread.getAllStackTraces().keySet());
        keepers.removeIf(thread -> !thread.getName().startsWith("Keep-Alive"));
        return keepers;
    }
}
