package dev.outrigger.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.health.HealthResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPingTest {

    private ServerSocket peer;

    @BeforeEach
    void listen() throws IOException {
        peer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
    }

    @Test
    void thePingGoesToThePathBehindThePrefix() throws Exception {
        CompletableFuture<String> asked = answer("HTTP/1.1 200 OK\r\n\r\npong");
        assertThat(ping("/ops/").check()).isEqualTo(HealthResult.healthy());
        assertThat(asked.join())
                .isEqualTo("GET /ops/ping HTTP/1.1\r\nHost: 127.0.0.1:" + peer.getLocalPort()
                        + "\r\nUser-Agent: outrigger\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, online",
        "HTTP/1.0 200, online",
        "HTTP/1.1 401 Unauthorized, online",
        "HTTP/1.1 503 Service Unavailable, answered 503",
        "HTTP/1.1 200OK, no HTTP answer",
        "SSH-2.0-OpenSSH, no HTTP answer",
        "'', no HTTP answer"
    })
    void aPeerIsThereIfItAnswersLikeOne(String statusLine, String verdict) throws Exception {
        CompletableFuture<String> asked = answer(statusLine + "\r\n\r\n");
        HealthResult result = ping("").check();
        assertThat(result.message().orElse("online")).isEqualTo(verdict);
        asked.join();
    }

    @Test
    void aPeerThatSendsWithoutEndIsNotReadWithoutEnd() throws Exception {
        CompletableFuture<String> asked = answer("x".repeat(100_000));
        assertThat(ping("").check().message()).hasValue("no HTTP answer");
        asked.join();
    }

    @Test
    void aPortThatIsClosedIsAFailure() throws IOException {
        peer.close();
        assertThatThrownBy(() -> ping("").check()).hasMessage("Connection refused");
    }

    @Test
    void aPingThatHangsEndsWithAnInterrupt() throws Exception {
        HttpPing ping = ping("");
        Thread asking = new Thread(() -> {
            try {
                ping.check();
            } catch (IOException expected) {
                // The channel was closed under it.
            }
        });
        asking.start();
        try (Socket accepted = peer.accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo('G');
            asking.interrupt();
            await().until(() -> !asking.isAlive());
        }
    }

    private HttpPing ping(String prefix) {
        return new HttpPing(URI.create("http://127.0.0.1:" + peer.getLocalPort() + prefix), () ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** Answers one connection, and tells what it asked. */
    private CompletableFuture<String> answer(String bytes) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = peer.accept()) {
                StringBuilder request = new StringBuilder();
                while (!request.toString().endsWith("\r\n\r\n")) {
                    request.append((char) socket.getInputStream().read());
                }
                send(socket, bytes);
                return request.toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void send(Socket socket, String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
        } catch (IOException e) {
            // A client that has seen enough leaves.
            assertThat(bytes.length()).isGreaterThan(1_000);
        }
    }
}
