package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.HERE;
import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.json;
import static dev.outrigger.backup.TestNode.order;
import static dev.outrigger.backup.TestNode.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepRoutesTest {

    private static final String LOCATION = "{\"location\":\"" + HERE + "\"}";

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void open() throws IOException {
        node = new TestNode(directory).start();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private String list(String more) {
        return node.get("/backups?location=" + HERE + more);
    }

    @Test
    void backupsAreListedTheNewestFirst() throws Exception {
        node.backUp("b1");
        node.clock.move(Duration.ofMinutes(1));
        node.backUp("b2");
        long size = node.stored("b1").manifest().orElseThrow().sizeBytes();
        String first = "{\"backup_id\":\"b1\",\"timestamp\":\"2026-11-21T12:00:00.000Z\","
                + "\"tables\":[\"orders\",\"users\"],\"location\":\"" + HERE + "\",\"kv_node_version\":\"1.0\","
                + "\"status\":\"completed\",\"size_bytes\":" + size + "}";
        String second = first.replace("b1", "b2").replace("12:00", "12:01");
        size = node.stored("b2").manifest().orElseThrow().sizeBytes();
        second = second.substring(0, second.lastIndexOf(':') + 1) + size + "}";

        assertThat(list(""))
                .isEqualTo("200 {\"backups\":[" + second + "," + first + "],\"truncated\":false,\"next\":null}");
        String page = list("&limit=1");
        String next = json(page).string("next");
        assertThat(page).isEqualTo("200 {\"backups\":[" + second + "],\"truncated\":true,\"next\":\"" + next + "\"}");
        assertThat(list("&limit=1&cursor=" + next))
                .isEqualTo("200 {\"backups\":[" + first + "],\"truncated\":false,\"next\":null}");
    }

    @Test
    void whatIsMalformedIs400() {
        assertThat(node.get("/backups")).isEqualTo(problem(400, "Missing query parameter: location"));
        assertThat(list("&limit=0")).startsWith("400 ");
        assertThat(list("&limit=1001")).startsWith("400 ");
        assertThat(list("&cursor=x")).isEqualTo(problem(400, "cursor: not one (expected: as the page before had it)"));
        assertThat(node.get("/backups/..?location=" + HERE)).startsWith("400 {\"error\":\"backup_id: ");
        assertThat(node.delete("/backups/cluster?location=" + HERE)).startsWith("400 {\"error\":\"backup_id: ");
        assertThat(node.post("/backups/b1/verify", "{}"))
                .isEqualTo(problem(400, "location: missing (expected: a text)"));
        assertThat(node.post("/gc", "[]")).startsWith("400 ");
        assertThat(node.get("/backups?location=s3://other/x")).startsWith("403 ");
        assertThat(node.post("/gc", "{\"location\":\"s3://other/x\"}")).startsWith("403 ");
    }

    @Test
    void aWordThatIsNoneDeletesNothing() throws Exception {
        node.backUp("b1");
        assertThat(node.delete("/backups/b1?unfinished=1&location=" + HERE))
                .isEqualTo(problem(400, "unfinished: unknown (expected: true or false)"));
        assertThat(node.post("/gc?dry_run=yes", LOCATION))
                .isEqualTo(problem(400, "dry_run: unknown (expected: true or false)"));
        assertThat(node.stored("b1").manifest()).isPresent();
        assertThat(node.jobs("gc")).isEmpty();
    }

    @Test
    void oneBackupIsToldOfWithWhatVerificationSaid() {
        node.backUp("b1");
        assertThat(node.get("/backups/b2?location=" + HERE))
                .isEqualTo(problem(404, "backup_id: 'b2' (expected: a backup that is there)"));
        assertThat(node.get("/backups/b1?location=" + HERE))
                .startsWith("200 {\"manifest\":{\"format_version\":1,")
                .endsWith(",\"verification\":null}");

        String answer = node.post("/backups/b1/verify", LOCATION);
        String job = jobOf(answer);
        assertThat(answer)
                .isEqualTo("202 {\"backup_id\":\"b1\",\"job_id\":\"" + job + "\",\"status\":\"running\"}"
                        + " Location: /api/v1/jobs/" + job);
        node.await(job, "completed");
        String token = json(node.get("/backups/b1?location=" + HERE))
                .object("manifest")
                .string("token");
        assertThat(node.get("/backups/b1?location=" + HERE))
                .endsWith(",\"verification\":{\"job_id\":\"" + job
                        + "\",\"finished_at\":\"2026-11-21T12:00:00.000Z\",\"result\":{\"backup_id\":\"b1\",\"token\":\""
                        + token + "\",\"status\":\"fine\",\"fine\":5,\"missing\":0,\"corrupt\":0,\"findings\":[]}}}");
    }

    @Test
    void aManifestThatCannotBeBelievedIs422AndListedAsCorrupt() throws Exception {
        node.backUp("b1");
        node.store().replace(new ObjectName("b1-cluster-metadata.json"), "{canary".getBytes(UTF_8));

        assertThat(node.get("/backups/b1?location=" + HERE)).startsWith("422 ").doesNotContain("canary");
        assertThat(node.post("/backups/b1/verify", LOCATION)).startsWith("422 ");
        assertThat(list(""))
                .isEqualTo("200 {\"backups\":[{\"backup_id\":\"b1\",\"timestamp\":null,\"tables\":[],\"location\":\""
                        + HERE + "\",\"status\":\"corrupt\",\"size_bytes\":null}],\"truncated\":false,\"next\":null}");
    }

    @Test
    void whatIsDeletedIsNoBackupAtOnceAndGoneSoon() throws Exception {
        node.backUp("b1");
        CountDownLatch release = new CountDownLatch(1);
        node.store().hook(new MemoryStore.Hook() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.DELETE) {
                    Hooks.hold(release);
                }
            }
        });
        String answer = node.delete("/backups/b1?location=" + HERE);
        String job = jobOf(answer);
        assertThat(answer)
                .isEqualTo("202 {\"backup_id\":\"b1\",\"job_id\":\"" + job + "\",\"status\":\"deleting\"}"
                        + " Location: /api/v1/jobs/" + job);
        assertThat(list("")).isEqualTo("200 {\"backups\":[],\"truncated\":false,\"next\":null}");
        assertThat(node.get("/backups/b1?location=" + HERE)).startsWith("404 ");
        assertThat(node.post("/restore", order("b1"))).startsWith("404 ");
        assertThat(node.post("/backup", order("b1"))).startsWith("409 ");
        release.countDown();

        JsonObject result = node.await(job, "completed").object("result");
        assertThat(result.optionalStrings("deleted").orElseThrow()).containsExactly("b1");
        assertThat(result.wholeNumber("files")).isEqualTo(5);
        assertThat(node.stored("b1").names()).isEmpty();
        assertThat(node.delete("/backups/b1?location=" + HERE)).startsWith("404 ");
        assertThat(node.backUp("b1")).startsWith("200 ");
    }

    @Test
    void aDeletionThatCannotBeRecordedIsAskedForAgain() throws Exception {
        node.backUp("b1");
        node.backups.close();
        assertThat(node.delete("/backups/b1?location=" + HERE))
                .startsWith("503 ")
                .endsWith("Retry-After: 5");
        node.restart();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(node.stored("b1").names()).isEmpty());
    }

    @Test
    void whatADeadWriterHasLeftIsGivenUpByAnOperator() throws Exception {
        assertThat(node.delete("/backups/b1?unfinished=true&location=" + HERE))
                .isEqualTo(problem(404, "backup_id: 'b1' (expected: one that is unfinished)"));
        try (TestNode other = new TestNode(directory.resolve("other"))) {
            Backups backups = Backups.builder(
                            "node-2", "kv-node", "1.0", other.tables, other.tables, directory.resolve("ops2"))
                    .root("s3://bucket")
                    .opener(location -> node.store())
                    .open();
            other.sidecar = new TestSidecar();
            other.backups = backups;
            backups.install(other.sidecar);
            other.sidecar.start();
            node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "b1-cluster-metadata.json"));
            String job = jobOf(other.post("/backup?wait=0", order("b1")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> other.job(job).optionalString("last_error").isPresent());
            node.store().hook(Hooks.NOTHING);
            assertThat(other.delete("/backups/b1?unfinished=true&location=" + HERE))
                    .isEqualTo(problem(
                            409, "backup_id: 'b1' (expected: one that no job is writing; cancel the job instead)"));
        }
        String gc = node.post("/gc", LOCATION);
        assertThat(node.await(jobOf(gc), "completed").object("result").optionalStrings("given_up"))
                .hasValueSatisfying(ids -> assertThat(ids).isEmpty());
        String answer = node.delete("/backups/b1?unfinished=true&location=" + HERE);
        assertThat(answer).startsWith("202 ").contains("\"status\":\"deleting\"");
        assertThat(node.await(jobOf(answer), "completed").object("result").optionalStrings("given_up"))
                .hasValueSatisfying(ids -> assertThat(ids).containsExactly("b1"));
        assertThat(node.post("/backup", order("b1"))).startsWith("409 ");
    }

    @Test
    void garbageIsCountedOrCollected() throws Exception {
        node.store().putIfAbsent(new ObjectName("shard-0-users-lost.tar.zst"), "orphan".getBytes(UTF_8));
        String answer = node.post("/gc?dry_run=true", LOCATION);
        String job = jobOf(answer);

        assertThat(answer)
                .isEqualTo("202 {\"job_id\":\"" + job + "\",\"status\":\"running\"} Location: /api/v1/jobs/" + job);
        JsonObject result = node.await(job, "completed").object("result");
        assertThat(result.wholeNumber("orphans")).isEqualTo(1);
        assertThat(node.stored("lost").names()).containsExactly("shard-0-users-lost.tar.zst");
    }
}
