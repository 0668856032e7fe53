package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * HAProxy sends a node its clients for as long as the sidecar says so. Its checks are HTTP/1.0 without a Host, and end with a
 * reset as soon as the status line has come.
 */
final class HaproxyTest {

    /** The listeners and backends whose check asks whether the node wants traffic. */
    private static final List<String> WAYS = List.of("resp", "quick", "ready", "keptalive");

    @TempDir
    private Path directory;

    private int frontPort;
    private int opsFrontPort;

    @Test
    void theServerIsUpForEachKindOfCheck() throws Exception {
        try (NodeProcess node = NodeProcess.start(directory);
                Running haproxy = haproxy(node);
                RespConnection client = new RespConnection(awaitFront())) {
            for (String way : WAYS) {
                awaitServer(haproxy, way, "UP", "L7OK", "200");
            }
            awaitServer(haproxy, "drain404", "UP", "L7OK", "200");
            awaitServer(haproxy, "default", "UP", "L7OK", "200");
            assertThat(client.ask("PING")).isEqualTo("+PONG");
            assertThat(NodeProcess.get(opsFrontPort, "/health/quick").body()).isEqualTo("OK");
            // A check that leaves with a reset is nothing to tell of.
            assertThat(node.log()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    @Test
    void aNodeThatDrainsIsTakenOutBeforeItClosesAndItsOpsPortClosesLast() throws Exception {
        try (NodeProcess node = NodeProcess.start(directory, "--drain-seconds=4");
                Running haproxy = haproxy(node);
                RespConnection client = new RespConnection(awaitFront())) {
            int ops = node.opsPort();
            int resp = node.respPort();
            awaitServer(haproxy, "resp", "UP", "L7OK", "200");
            assertThat(client.ask("SET greeting hello")).isEqualTo("+OK");
            node.stop();

            await().untilAsserted(() -> {
                assertThat(NodeProcess.get(ops, "/ready").statusCode()).isEqualTo(503);
                assertThat(NodeProcess.get(ops, "/health/quick").body()).isEqualTo("UNAVAILABLE");
            });
            for (String way : WAYS) {
                awaitServer(haproxy, way, "DOWN", "L7STS", "503");
            }
            awaitServer(haproxy, "drain404", "NOLB", "L7OKC", "404");
            // HAProxy's default check asks whether the process answers, and it still does.
            awaitServer(haproxy, "default", "UP", "L7OK", "200");
            // Who was being served still is, and nobody else comes in.
            assertThat(client.ask("EXISTS greeting")).isEqualTo(":1");
            try (RespConnection late = new RespConnection(frontPort)) {
                assertThat(late.ask("PING")).isEmpty();
            }
            assertThat(NodeProcess.get(ops, "/healthz").statusCode()).isEqualTo(200);

            await("the end of RESP").pollInterval(Duration.ofMillis(2)).until(() -> {
                boolean opsOpen = NodeProcess.accepts(ops);
                boolean respOpen = NodeProcess.accepts(resp);
                assertThat(opsOpen || !respOpen).as("the ops port closes last").isTrue();
                return !respOpen;
            });
            assertThat(node.awaitEnd()).as(node.log()).isEqualTo(143);
            assertThat(NodeProcess.accepts(ops)).isFalse();
        }
    }

    @Test
    void aLongPollThroughHaproxyIsAnsweredWhenTheDrainBegins() throws Exception {
        try (NodeProcess node = NodeProcess.start(directory, "--drain-seconds=2");
                Running haproxy = haproxy(node)) {
            await(haproxy.output()).until(() -> NodeProcess.accepts(opsFrontPort));
            String tag = NodeProcess.get(opsFrontPort, "/ready")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            CompletableFuture<HttpResponse<String>> held =
                    NodeProcess.getLater(opsFrontPort, "/ready", "If-None-Match", tag, "Prefer", "wait=30");
            // What is asked behind it has been answered, so it has arrived, and is held.
            assertThat(NodeProcess.get(opsFrontPort, "/ready").statusCode()).isEqualTo(200);
            assertThat(held).isNotDone();
            node.stop();
            await().until(held::isDone);
            assertThat(held.join().statusCode()).isEqualTo(503);
            assertThat(held.join().body()).contains("\"draining\"");
        }
    }

    private Running haproxy(NodeProcess node) throws IOException {
        String program = Programs.path("haproxy");
        frontPort = NodeProcess.freePort();
        opsFrontPort = NodeProcess.freePort();
        String configuration = """
                global
                    stats socket %1$s/stats.sock mode 600
                    maxconn 200
                defaults
                    timeout connect 5s
                    timeout check 5s
                    timeout client 60s
                    timeout server 60s
                    default-server check inter 100ms fall 2 rise 2
                listen resp
                    bind 127.0.0.1:%2$d
                    mode tcp
                    option httpchk GET /health/quick
                    server node 127.0.0.1:%4$d port %5$d
                listen ops
                    bind 127.0.0.1:%3$d
                    mode http
                    server node 127.0.0.1:%5$d no-check
                backend quick
                    mode http
                    option httpchk GET /health/quick
                    server node 127.0.0.1:%5$d
                backend ready
                    mode http
                    option httpchk HEAD /ready
                    server node 127.0.0.1:%5$d
                backend default
                    mode http
                    option httpchk
                    server node 127.0.0.1:%5$d
                backend drain404
                    mode http
                    option httpchk GET /ready?drain=404
                    http-check disable-on-404
                    server node 127.0.0.1:%5$d
                backend keptalive
                    mode http
                    option httpchk
                    http-check send meth GET uri /health/quick ver HTTP/1.1 hdr Host node
                    server node 127.0.0.1:%5$d
                """.formatted(directory, frontPort, opsFrontPort, node.respPort(), node.opsPort());
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        return Running.start(directory, "haproxy", List.of(program, "-db", "-f", file.toString()));
    }

    private int awaitFront() {
        await("HAProxy").until(() -> NodeProcess.accepts(frontPort));
        return frontPort;
    }

    private void awaitServer(Running haproxy, String way, String status, String checkStatus, String code) {
        await(way)
                .untilAsserted(() -> assertThat(server(way))
                        .as(haproxy.output())
                        .containsEntry("status", status)
                        .containsEntry("check_status", checkStatus)
                        .containsEntry("check_code", code));
    }

    /** What HAProxy says about the server behind a listener or backend. */
    private Map<String, String> server(String way) throws IOException {
        return HaproxyStats.server(directory.resolve("stats.sock"), way, "node");
    }
}
