package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose restore is held at the moment when it fetches the first shard. */
final class RestoringNodeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LOCATION = "\"location\":\"s3://" + S3Server.BUCKET + "/held\"";
    private static final Generation FIRST = new Generation(1, false);

    @TempDir
    private Path directory;

    private S3Server server;
    private HeldProxy proxy;
    private NodeProcess node;
    private NodeContent content;

    @BeforeEach
    void backUp() {
        server = S3Server.start();
        proxy = new HeldProxy(server.port(), "GET /" + S3Server.BUCKET + "/held/shard-");
        node = NodeProcess.launch(
                directory,
                S3Server.machineOptions(),
                List.of(
                        "--s3-endpoint=" + proxy.endpoint(),
                        "--backup-root=s3://" + S3Server.BUCKET,
                        "--drain-seconds=600"));
        node.awaitService();
        content = NodeContent.begin(node, FIRST);
        HttpResponse<String> made = node.post("/api/v1/backup", "{\"backup_id\":\"b1\"," + LOCATION + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        await("readiness").atMost(PATIENCE).until(() -> ready().statusCode() == 200);
    }

    @AfterEach
    void close() {
        node.close();
        proxy.close();
        server.close();
    }

    private HttpResponse<String> ready() {
        return node.get("/ready");
    }

    private String restore(String rest) {
        HttpResponse<String> begun = node.post("/api/v1/restore", "{\"backup_id\":\"b1\"," + LOCATION + rest + "}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        await("the first shard").atMost(PATIENCE).until(proxy::isReached);
        return NodeJobs.json(begun).string("job_id");
    }

    @Test
    void theNodeIsNotReadyWhileATableIsAwayAndIsAliveAllTheTime() {
        NodeContent.drop(node, "lower");
        restore(",\"table_names\":[\"lower\"]");
        assertThat(ready().statusCode()).isEqualTo(503);
        assertThat(ready().body()).contains("\"gate:restoring\"");
        assertThat(node.get("/livez").statusCode()).isEqualTo(200);
        proxy.release();
        await("readiness").atMost(PATIENCE).until(() -> ready().statusCode() == 200);
        assertThat(content.read(node, "lower", "lower", List.of(FIRST))).containsExactly(FIRST);
    }

    @Test
    void theNodeStaysReadyWhileATableIsReplaced() {
        restore(",\"restore_mode\":\"overwrite\"");
        assertThat(ready().statusCode()).as(ready().body()).isEqualTo(200);
        proxy.release();
        NodeJobs.awaitAll(node);
    }

    @Test
    void aNodeThatDrainsTakesNoNewWorkAndLetsWhatRunsBeCanceled() {
        String job = restore(",\"restore_mode\":\"overwrite\"");
        node.stop();
        await("the drain").atMost(PATIENCE).until(() -> ready().statusCode() == 503);
        assertThat(node.post("/api/v1/backup", "{\"backup_id\":\"b2\"," + LOCATION + "}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(node.post("/api/v1/restore", "{\"backup_id\":\"b1\"," + LOCATION + "}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(node.post("/api/v1/jobs/" + job + "/cancel", "").statusCode())
                .isEqualTo(200);
        proxy.release();
        assertThat(NodeJobs.awaitEnd(node, job).state()).isEqualTo("canceled");
        assertThat(directory.resolve("data/restore"))
                .satisfiesAnyOf(
                        place -> assertThat(place).doesNotExist(),
                        place -> assertThat(place).isEmptyDirectory());
        for (String table : NodeContent.TABLES) {
            assertThat(content.read(node, table, table, List.of(FIRST))).containsExactly(FIRST);
        }
    }
}
