package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.netty.SidecarStartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node: what its clients and its operators see. */
class NodeTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void aFreshNodeIsReadyAndShowsItsShards() throws Exception {
        try (Node node = new Node(options(Duration.ZERO))) {
            RunningNode running = node.start();

            assertThat(get(running, "/ready").statusCode()).isEqualTo(200);
            assertThat(get(running, "/startup").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(get(running, "/health").body())
                    .startsWith("{\"ok\":true,\"status\":\"healthy\",\"node_id\":\"kv-node\",")
                    .contains("\"total_shards\":1024,\"active_shards\":16,")
                    .contains("\"engine\":{\"ok\":true", "\"disk\":{\"ok\":true", "\"rocksdb\":{\"ok\":true")
                    .contains("\"compaction\":{\"ok\":true"));
        }
    }

    @Test
    void aWriteMovesItsShardsCommitIndex() throws Exception {
        try (Node node = new Node(options(Duration.ZERO))) {
            RunningNode running = node.start();
            assertThat(resp(running, "SET foo bar\r\nSET foo baz\r\n")).isEqualTo("+OK\r\n+OK\r\n");

            String foo = "{\"id\":896,\"status\":\"healthy\",\"is_leader\":true,\"raft_term\":null,"
                    + "\"commit_index\":2,\"last_applied\":2}";
            await().untilAsserted(
                            () -> assertThat(get(running, "/health").body()).contains(foo));
        }
    }

    @Test
    void metricsTellOfRequestsRocksDbAndTheJvm() throws Exception {
        try (Node node = new Node(options(Duration.ZERO))) {
            RunningNode running = node.start();
            resp(running, "SET foo bar\r\nGET foo\r\nnonsense\r\n");

            assertThat(get(running, "/metrics").body().lines())
                    .contains("kv_requests_total{operation=\"set\"} 1", "# TYPE kv_request_duration_ms histogram")
                    .contains("kv_requests_total{operation=\"unknown\"} 1")
                    .anyMatch(line -> line.startsWith("kv_request_duration_ms_bucket{operation=\"get\",le=\"5"))
                    .anyMatch(line -> line.startsWith("lsm_memtable_bytes{shard=\"896\"} "))
                    .anyMatch(line -> line.startsWith("lsm_level_files{shard=\"0\",level=\"6\"} "))
                    .anyMatch(line -> line.startsWith("lsm_block_cache_capacity_bytes "))
                    .anyMatch(line -> line.startsWith("jvm_memory_bytes_used{area=\"heap\"} "));
        }
    }

    @Test
    void aDrainingNodeIsNotReadyButServes() throws Exception {
        Node node = new Node(options(Duration.ofSeconds(30)));
        RunningNode running = node.start();
        Thread closer = new Thread(node::close);
        closer.start();

        await().until(() -> get(running, "/ready").statusCode() == 503);
        assertThat(get(running, "/livez").statusCode()).isEqualTo(200);
        assertThat(resp(running, "SET foo bar\r\nGET foo\r\n")).isEqualTo("+OK\r\n$3\r\nbar\r\n");
        closer.interrupt(); // which cuts the drain short
        closer.join();
        assertThatThrownBy(() -> resp(running, "PING\r\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(running, "/ready")).isInstanceOf(IOException.class);
    }

    @Test
    void aRestartedNodeHasItsData() throws Exception {
        try (Node node = new Node(options(Duration.ZERO))) {
            resp(node.start(), "SET foo bar\r\n");
        }
        try (Node node = new Node(options(Duration.ZERO))) {
            assertThat(resp(node.start(), "GET foo\r\n")).isEqualTo("$3\r\nbar\r\n");
        }
    }

    @Test
    void aTokenHidesWhatIsNotForEverybody() throws Exception {
        Options guarded = new Options(
                0,
                0,
                "127.0.0.1",
                directory,
                SidecarAccess.OPEN.withToken("secret"),
                BackupOptions.DEFAULT,
                Optional.empty(),
                Duration.ZERO);
        try (Node node = new Node(guarded)) {
            RunningNode running = node.start();

            assertThat(get(running, "/health").body()).doesNotContain("usable_bytes");
            assertThat(get(running, "/metrics").statusCode()).isEqualTo(401);
            assertThat(get(running, "/metrics", "Authorization", "Bearer secret")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsAnErrorAndLeavesNothingBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = taken.getLocalPort();

            startFails(
                    new Options(
                            port,
                            0,
                            "127.0.0.1",
                            directory,
                            SidecarAccess.OPEN,
                            BackupOptions.DEFAULT,
                            Optional.empty(),
                            Duration.ZERO),
                    IOException.class);
            startFails(
                    new Options(
                            0,
                            port,
                            "127.0.0.1",
                            directory,
                            SidecarAccess.OPEN,
                            BackupOptions.DEFAULT,
                            Optional.empty(),
                            Duration.ZERO),
                    SidecarStartException.class);
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void aDirectoryInUseIsAnError() throws IOException {
        try (Node node = new Node(options(Duration.ZERO))) {
            node.start();
            startFails(options(Duration.ZERO), StoreException.class);
        }
    }

    @Test
    void aClosedNodeLeavesNoThread() throws IOException {
        try (Node node = new Node(options(Duration.ZERO))) {
            node.start();
            assertThat(threads()).contains("kv-worker-1", "kv-wal-sync");
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static void startFails(Options options, Class<? extends Exception> expected) {
        try (Node node = new Node(options)) {
            assertThatThrownBy(node::start).isInstanceOf(expected);
        }
    }

    private static Stream<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kv-") || name.startsWith("outrigger-"));
    }

    private Options options(Duration drain) {
        return new Options(
                0, 0, "127.0.0.1", directory, SidecarAccess.OPEN, BackupOptions.DEFAULT, Optional.empty(), drain);
    }

    private HttpResponse<String> get(RunningNode node, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + node.ops().getPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String resp(RunningNode node, String requests) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", node.resp().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(requests.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
