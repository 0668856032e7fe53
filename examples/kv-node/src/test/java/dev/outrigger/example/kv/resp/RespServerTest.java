package dev.outrigger.example.kv.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections are treated: order, limits, errors, the end. */
class RespServerTest {

    private static final RespLimits SMALL = new RespLimits(2, 4, 100, 150);

    @TempDir
    Path directory;

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            StringBuilder requests = new StringBuilder();
            StringBuilder replies = new StringBuilder();
            for (int n = 1000; n < 3000; n++) {
                requests.append("SET k %1$d\r\nGET k\r\nECHO %1$d\r\n".formatted(n));
                replies.append("+OK\r\n$4\r\n%1$d\r\n$4\r\n%1$d\r\n".formatted(n));
            }
            new Thread(() -> sendAll(client, requests.toString())).start();

            assertThat(client.read(replies.length())).isEqualTo(replies.toString());
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            String requests = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\na\r\n\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
            for (int i = 0; i < requests.length(); i++) {
                client.sendRaw(requests.substring(i, i + 1));
            }
            assertThat(client.read(14)).isEqualTo("+OK\r\n$3\r\na\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "*1~+PING~, expected '$'",
                "$4~PING~, expected '*' or a line",
                "*5~, invalid multibulk length",
                "*99999999999~, invalid multibulk length",
                "*1~$101~, invalid bulk length",
                "*1~$536870912~, invalid bulk length",
                "*1~$-1~, invalid bulk length",
                "*1~$x~, invalid bulk length",
                "*x~, invalid multibulk length",
                "get \"k~, unbalanced quotes in request"
            })
    void whatIsNotRespIsAnsweredAndClosed(String bytes, String reason) throws IOException {
        try (RunningServer server = RunningServer.open(directory, SMALL);
                RespClient client = server.client()) {
            client.sendRaw("PING\r\n" + bytes.replace("~", "\r\n"));

            assertThat(client.readToEnd()).isEqualTo("+PONG\r\n-ERR Protocol error: " + reason + "\r\n");
        }
    }

    @Test
    void aRequestMayNotAddUpToTooMuch() throws IOException {
        try (RunningServer server = RunningServer.open(directory, SMALL);
                RespClient client = server.client()) {
            client.sendRaw("*3\r\n$3\r\nSET\r\n$90\r\n" + "k".repeat(90) + "\r\n$90\r\n");

            assertThat(client.readToEnd()).isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
        }
    }

    @Test
    void emptyRequestsAreNone() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            client.sendRaw("\r\n*0\r\n*-1\r\nPING\r\n");

            assertThat(client.finish()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void quitIsTheLastThing() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            client.sendRaw("QUIT\r\nPING\r\n");

            assertThat(client.readToEnd()).isEqualTo("+OK\r\n");
        }
    }

    @Test
    void aBrowserIsTurnedAway() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            client.sendRaw("POST / HTTP/1.1\r\nHost: localhost\r\n\r\nSET k v\r\n");

            assertThat(client.readToEnd()).isEqualTo("-ERR this is not an HTTP server\r\n");
            assertThat(server.observed()).containsExactly("unknown");
        }
    }

    @Test
    void aClientTooManyIsToldSo() throws IOException {
        try (RunningServer server = RunningServer.open(directory, SMALL);
                RespClient first = server.client();
                RespClient second = server.client()) {
            assertThat(first.send("PING").read(7)).isEqualTo("+PONG\r\n");
            assertThat(second.send("PING").read(7)).isEqualTo("+PONG\r\n");
            try (RespClient third = server.client()) {
                assertThat(third.readToEnd()).isEqualTo("-ERR max number of clients reached\r\n");
            }
            second.close();
            await().untilAsserted(() -> {
                try (RespClient fourth = server.client()) {
                    assertThat(fourth.send("PING").read(7)).isEqualTo("+PONG\r\n");
                }
            });
        }
    }

    @Test
    void aHalfClosedClientGetsItsReplies() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            client.sendRaw("SET k v\r\nGET k\r\n");

            assertThat(client.finish()).isEqualTo("+OK\r\n$1\r\nv\r\n");
        }
    }

    @Test
    void aClientThatDoesNotReadIsNotServedOn() throws IOException {
        try (RunningServer server = RunningServer.open(directory);
                RespClient greedy = server.client();
                RespClient other = server.client()) {
            greedy.send("SET", "big", "x".repeat(1_000_000));
            assertThat(greedy.read(5)).isEqualTo("+OK\r\n");
            greedy.sendRaw("GET big\r\n".repeat(200));

            assertThat(other.send("PING").read(7)).isEqualTo("+PONG\r\n");
            await().until(() -> server.workers().report().busy() == 0);
            assertThat(server.observed().stream().filter("get"::equals).count()).isLessThan(50);
            assertThat(greedy.finish().length()).isEqualTo(200 * ("$1000000\r\n".length() + 1_000_002));
        }
    }

    @Test
    void busyWorkersHoldRequestsBackNotTheEventLoop() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = RunningServer.open(directory)) {
            occupyAll(server, release);
            List<RespClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(server.client().send("PING"));
            }
            await().until(() -> server.workers().report().waiting() == 20);
            release.countDown();
            for (RespClient client : clients) {
                assertThat(client.read(7)).isEqualTo("+PONG\r\n");
                client.close();
            }
        }
    }

    @Test
    void aServerThatLoadsSaysSo() throws IOException {
        try (RunningServer server = RunningServer.loading(directory);
                RespClient client = server.client()) {
            assertThat(client.send("GET", "k").readLine()).isEqualTo("-LOADING the store is being opened");
            assertThat(client.send("PING").readLine()).isEqualTo("+PONG");
        }
    }

    @Test
    void closingAnswersWhatHasArrived() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (RunningServer server = RunningServer.open(directory);
                RespClient client = server.client()) {
            occupyAll(server, release);
            client.sendRaw("SET k v\r\nGET k\r\n");
            await().until(() -> server.workers().report().waiting() == 1);
            Thread closer = new Thread(server.server()::close);
            closer.start();
            release.countDown();

            assertThat(client.readToEnd()).isEqualTo("+OK\r\n$1\r\nv\r\n");
            closer.join();
            assertThatThrownBy(server::client).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (RunningServer server = RunningServer.open(directory)) {
            RespService service = server.service((operation, nanos) -> {});

            assertThatThrownBy(() -> RespServer.start(server.server().address(), service, RespLimits.DEFAULT))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("port " + server.server().address().getPort() + " on ")
                    .hasMessageContaining("Address already in use");
        }
    }

    private static void occupyAll(RunningServer server, CountDownLatch release) {
        for (int i = 0; i < RunningServer.WORKERS; i++) {
            server.workers().offer(heartbeat -> awaitQuietly(release));
        }
        await().until(() -> server.workers().report().waiting() == 0);
    }

    private static void sendAll(RespClient client, String requests) {
        try {
            client.sendRaw(requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
