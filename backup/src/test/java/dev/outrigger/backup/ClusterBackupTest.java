package dev.outrigger.backup;

import static dev.outrigger.backup.TestCluster.LOWER;
import static dev.outrigger.backup.TestCluster.UPPER;
import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.json;
import static dev.outrigger.backup.TestNode.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Hook;
import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three whole nodes that back up and bring back together, asked by their routes. */
class ClusterBackupTest {

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = new TestCluster(directory, builder -> builder);
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private TestCluster.Node node(String name) {
        return cluster.node(name);
    }

    private void awaitEverywhere(String content) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (TestCluster.Node node : cluster.nodes.values()) {
                assertThat(node.files(UPPER)).as(node.name).isEqualTo(Map.of("shards/2/c", content));
            }
        });
    }

    @Test
    void whicheverNodeIsAskedHasItsPeersWriteWhatTheyLead() throws Exception {
        String answer = node("n2").post("/backup", order("b1"));
        assertThat(answer).startsWith("200 {\"backup_id\":\"b1\",");
        assertThat(json(answer).string("status")).isEqualTo("completed");
        assertThat(cluster.stored("b1").manifest().orElseThrow().tables().stream()
                        .flatMap(table -> table.shards().stream()))
                .extracting(ManifestShard::node)
                .containsExactly("n1", "n2", "n3");
        assertThat(cluster.stored("b1").contents())
                .isEqualTo(Map.of(LOWER, Map.of("0/a", "a at n1", "1/b", "b at n2"), UPPER, Map.of("2/c", "c at n3")));
        assertThat(cluster.stored("b1").isClaimed()).isFalse();
        JsonObject job = node("n3").jobs("backup-shards").get(0);
        assertThat(job.string("state")).isEqualTo("completed");
        assertThat(job.object("result").objects("shards").get(0).string("node")).isEqualTo("n3");
    }

    @Test
    void aRestoreComesToAllNodes() throws Exception {
        node("n1").post("/backup", order("b1"));
        String answer = node("n2").post("/restore", order("b1", "\"restore_mode\":\"overwrite\""));
        assertThat(answer).startsWith("202 ");
        JsonObject job = node("n2").await(jobOf(answer), "completed");
        assertThat(job.object("result").string("status")).isEqualTo("completed");
        assertThat(job.object("progress").wholeNumber("total_shards")).isEqualTo(9);
        for (TestCluster.Node node : cluster.nodes.values()) {
            assertThat(node.files(LOWER))
                    .as(node.name)
                    .isEqualTo(Map.of("shards/0/a", "a at n1", "shards/1/b", "b at n2"));
            assertThat(node.files(UPPER)).as(node.name).isEqualTo(Map.of("shards/2/c", "c at n3"));
            assertThat(node.tables.leftovers()).as(node.name).isEmpty();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> cluster.plans.list().isEmpty());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node("n3").isReady());
    }

    @Test
    void aCoordinatorThatIsAwayMeanwhileReadsTheOutcomeWhenItIsBack() throws Exception {
        node("n1").post("/backup", order("b1"));
        node("n3").close();
        String job = jobOf(node("n1").post("/restore", order("b1", "\"restore_mode\":\"overwrite\"")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node("n1").job(job).object("progress").wholeNumber("done_shards") == 6);
        node("n1").close();
        node("n3").start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node("n3").files(UPPER).equals(Map.of("shards/2/c", "c at n3")));
        assertThat(cluster.plans.list()).hasSize(1);
        node("n1").start();
        assertThat(node("n1").await(job, "completed").object("result").string("status"))
                .isEqualTo("completed");
        awaitEverywhere("c at n3");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> cluster.plans.list().isEmpty());
    }

    @Test
    void aRestoreThatIsCalledOffLeavesAllNodesAsTheyWere() throws Exception {
        node("n1").post("/backup", order("b1"));
        node("n3").close();
        String job = jobOf(node("n1").post("/restore", order("b1", "\"restore_mode\":\"overwrite\"")));
        node("n1").await(job, "running");
        assertThat(node("n1").post("/jobs/" + job + "/cancel", "")).startsWith("200 ");
        node("n1").await(job, "canceled");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> cluster.plans.list().isEmpty());
        for (TestCluster.Node node : cluster.nodes.values()) {
            assertThat(node.files(UPPER)).isEqualTo(Map.of("shards/2/c", "c at " + node.name));
        }
        node("n3").start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node("n2").tables.leftovers().isEmpty());
    }

    @Test
    void aBackupThatIsCalledOffIsCalledOffOnTheMembersAndLeavesNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        node("n2").store.hook(new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.CREATE) {
                    Hooks.hold(release);
                }
            }
        });
        String job = jobOf(node("n1").post("/backup?wait=0", order("b1")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !node("n2").jobs("backup-shards").isEmpty());
        assertThat(node("n1").post("/jobs/" + job + "/cancel", "")).startsWith("200 ");
        node("n1").await(job, "canceled");
        release.countDown();
        node("n2").await(node("n2").jobs("backup-shards").get(0).string("id"), "canceled");
        assertThat(cluster.stored("b1").names()).isEmpty();
        assertThat(cluster.stored("b1").unfinished()).isZero();
    }

    @Test
    void aMemberThatDiesIsReplacedByWhoLeadsThen() throws Exception {
        node("n3").reachable = false;
        String job = jobOf(node("n1").post("/backup?wait=0", order("b1")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        node("n1").job(job).object("progress").string("phase").equals("table upper"));
        cluster.leaders.put(2, "n1");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            cluster.clock.move(Duration.ofSeconds(3));
            return node("n1").job(job).string("state").equals("completed");
        });
        assertThat(cluster.stored("b1").contents().get(UPPER)).isEqualTo(Map.of("2/c", "c at n1"));
    }

    @Test
    void aMemberRefusesWhatNobodyIsWritingAndWhatIsUnderNoRootOfItsOwn() {
        String forged = "{\"order_id\":\"o\",\"backup_id\":\"b1\",\"location\":\"%s\",\"token\":\"t\",\"run\":\"r\","
                + "\"created_at\":\"2026-11-01T02:03:04Z\",\"table\":\"lower\",\"shards\":[0]}";
        assertThat(node("n1").post("/backup/shards", forged.formatted(TestCluster.HERE)))
                .startsWith("409 ");
        assertThat(node("n1").post("/backup/shards", forged.formatted("s3://elsewhere/x")))
                .startsWith("403 ");
        assertThat(node("n1").post("/backup/shards", forged.formatted("nowhere")))
                .startsWith("400 ");
        assertThat(node("n1").post("/backup/shards", "{}")).startsWith("400 ");
        assertThat(node("n1").jobs("backup-shards")).isEmpty();
    }

    @Test
    void workForACoordinatorThatIsGoneEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        node("n2").store.hook(new Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.CREATE) {
                    Hooks.hold(release);
                }
            }
        });
        node("n1").post("/backup?wait=0", order("b1"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !node("n2").jobs("backup-shards").isEmpty());
        String job = node("n2").jobs("backup-shards").get(0).string("id");
        node("n2").reachable = false; // and so it hears of nobody
        cluster.clock.move(Duration.ofSeconds(31));
        release.countDown();
        assertThat(node("n2").await(job, "failed").string("last_error")).isEqualTo("nobody asks for it any more");
    }

    @Test
    void aNodeOnItsOwnHasNoRouteForIt() throws Exception {
        TestNode alone = new TestNode(directory.resolve("alone")).start();
        try {
            assertThat(alone.sidecar.paths()).noneMatch(path -> path.endsWith("/backup/shards"));
            assertThat(node("n1").sidecar.paths()).anyMatch(path -> path.endsWith("/backup/shards"));
        } finally {
            alone.close();
        }
    }
}
