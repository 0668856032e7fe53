package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus, with the example's own configuration, scrapes each node of a cluster, and can be asked about the groups. */
class PrometheusTest {

    /** The value of the only sample of an answer to a query. */
    private static final Pattern ONE_VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"\\]\\}\\]");

    @TempDir
    private Path directory;

    private int port;

    @Test
    void theGroupsCanBeQueried() throws Exception {
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory);
                Running prometheus = prometheus(cluster)) {
            for (int i = 0; i < 30; i++) {
                RespConnection.askOnce(cluster.resp("n" + (1 + i % 3)), "SET key-" + i + " value");
            }
            awaitValue(prometheus, "sum(up)", "3");
            awaitValue(prometheus, "sum(raft_leads)", "5");
            awaitValue(prometheus, "min(raft_has_leader)", "1");
            awaitValue(prometheus, "count(raft_follower_lag_entries)", "10");
            awaitValue(prometheus, "max(raft_follower_lag_entries{group=~\"shard-.*\"})", "0");
            awaitValue(prometheus, "sum(raft_follower_reachable)", "10");
            awaitValue(prometheus, "sum(kv_requests_total{operation=\"set\"})", "30");
            awaitValue(prometheus, "sum(outrigger_shards{status=\"healthy\"})", "12");
            awaitValue(prometheus, "min(outrigger_cluster_members{status=\"up\"})", "3");
            awaitValue(prometheus, "sum(outrigger_peer_up{peer=~\"n.\"})", "6");
            awaitValue(prometheus, "sum(outrigger_scrape_errors_total)", "0");
            awaitValue(prometheus, "count(raft_term > 0)", "15");
            awaitValue(
                    prometheus,
                    "sum(raft_commit_index{group=\"shard-0\"} - raft_applied_index{group=\"shard-0\"})",
                    "0");

            cluster.kill("n2");
            awaitValue(prometheus, "sum(up)", "2");
            awaitValue(prometheus, "sum(raft_leads)", "5");
            awaitValue(prometheus, "count(raft_follower_reachable == 0)", "5");
        }
    }

    private Running prometheus(ClusterProcesses cluster) throws IOException {
        port = FreePorts.take(1).get(0);
        String configuration = Files.readString(Path.of("etc/prometheus.yml"))
                .replace("1s", "500ms")
                .replace("127.0.0.1:8081", "127.0.0.1:" + cluster.ops("n1"))
                .replace("127.0.0.1:8082", "127.0.0.1:" + cluster.ops("n2"))
                .replace("127.0.0.1:8083", "127.0.0.1:" + cluster.ops("n3"));
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        Running prometheus = Running.start(
                directory,
                "prometheus",
                List.of(
                        Programs.path("prometheus"),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port));
        await("Prometheus").atMost(ClusterProcesses.PATIENCE).until(() -> FreePorts.accepts(port));
        return prometheus;
    }

    private void awaitValue(Running prometheus, String query, String value) {
        await(query)
                .atMost(ClusterProcesses.PATIENCE)
                .untilAsserted(
                        () -> assertThat(query(query)).as(prometheus.output()).isEqualTo(value));
    }

    /** The value of a query; empty where there is not exactly one. */
    private String query(String query) {
        String call = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        Matcher value = ONE_VALUE.matcher(Http.get(port, call).body());
        return value.find() ? value.group(1) : "";
    }
}
