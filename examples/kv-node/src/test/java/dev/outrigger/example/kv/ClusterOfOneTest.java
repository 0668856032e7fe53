package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that stands alone, as an operator of clusters sees it. */
class ClusterOfOneTest {

    private static final String TOKEN = "t0ken";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path data;

    private Node node;
    private RunningNode running;

    @BeforeEach
    void start() throws IOException {
        node = new Node(new Options(
                0,
                0,
                "127.0.0.1",
                data,
                SidecarAccess.OPEN.withToken(TOKEN),
                BackupOptions.DEFAULT,
                Optional.empty(),
                Duration.ZERO));
        running = node.start();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theNodeIsItsOwnCluster() throws Exception {
        assertThat(get("/cluster/members").body())
                .startsWith("{\"selfAddress\":\"kv-node\",\"leader\":\"kv-node\",\"members\":[{\"address\":\"kv-node\","
                        + "\"status\":\"up\",\"roles\":[\"data\"],\"uniqueAddress\":{\"address\":\"kv-node\",\"uid\":");
        assertThat(get("/cluster/leader").body()).isEqualTo("{\"leader\":\"kv-node\",\"isSelf\":true}");
        assertThat(get("/cluster/shards?type=kv").body())
                .startsWith("{\"typeName\":\"kv\",\"regions\":[{\"address\":\"kv-node\",\"shards\":[");
        assertThat(get("/cluster/restart-safety").body())
                .isEqualTo("{\"safe\":true,\"risks\":{\"quorum_loss\":[],\"offline\":[],\"below_min_in_sync\":[],"
                        + "\"single_replica\":[]},\"recovered_percent\":100.0}");
        assertThat(get("/api/v1/status").body()).contains("\"auth_enabled\":true,\"swarm_mode\":true,");
    }

    @Test
    void whatItNeedsAndStoresIsShown() throws Exception {
        await().until(() -> get("/health/cluster")
                .body()
                .startsWith("{\"status\":\"healthy\",\"clients\":[{\"name\":\"resp\",\"kind\":\"listener\","));
        assertThat(get("/metrics").body())
                .contains("outrigger_storage_bytes{state=\"used\",tenant=\"\",bucket=\"kv\"} ")
                .contains("outrigger_storage_bytes{state=\"capacity\",tenant=\"\",bucket=\"kv\"} ")
                .contains("outrigger_peer_up{peer=\"resp\"} 1\n")
                .contains("outrigger_cluster_members{status=\"up\"} 1\n");
    }

    @Test
    void theNodeLeavesAndStaysThereToTellOfIt() throws Exception {
        assertThat(send("POST", "/cluster/leave", "", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(post("/cluster/down", "{\"address\":\"kv-node\"}").statusCode())
                .isEqualTo(409);
        assertThat(post("/cluster/leave", "").body()).isEqualTo("{\"status\":\"leaving\"}");
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        await().until(() -> get("/cluster/members").body().contains("\"status\":\"removed\""));
        assertThat(post("/cluster/leave", "").statusCode()).isEqualTo(200);
        assertThat(post("/cluster/down", "{\"address\":\"other\"}").statusCode())
                .isEqualTo(404);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "", "Bearer " + TOKEN);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, body, "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(String method, String path, String body, String credential) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + running.ops().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", credential)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
