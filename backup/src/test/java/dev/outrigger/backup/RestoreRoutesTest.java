package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.order;
import static dev.outrigger.backup.TestNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreRoutesTest {

    private static final TableName ORDERS = new TableName("orders");
    private static final TableName USERS = new TableName("users");

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void open() throws IOException {
        node = new TestNode(directory).start();
        assertThat(node.backUp("b1")).startsWith("200 ");
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private String post(String body) {
        return node.post("/restore", body);
    }

    /** Restores, and returns the result of the job. */
    private JsonObject restored(String body) {
        String answer = post(body);
        assertThat(answer).startsWith("202 ");
        return node.await(jobOf(answer), "completed").object("result");
    }

    private static List<String> statuses(JsonObject outcome) {
        return outcome.objects("tables").stream()
                .map(table -> table.string("name") + " " + table.string("status"))
                .toList();
    }

    @Test
    void theAnswerTellsWhatWillHappenAndTheJobWhatBecameOfIt() throws Exception {
        Map<TableName, Map<String, String>> before = node.tables.contents();
        node.tables.remove(ORDERS);
        node.tables.remove(USERS);
        String answer = post(order("b1", "\"table_names\":[\"users\",\"orders\"]"));

        String job = jobOf(answer);
        assertThat(answer)
                .isEqualTo("202 {\"job_id\":\"" + job + "\",\"tables\":["
                        + "{\"name\":\"users\",\"status\":\"triggered\",\"error\":null},"
                        + "{\"name\":\"orders\",\"status\":\"triggered\",\"error\":null}],\"status\":\"triggered\"}"
                        + " Location: /api/v1/jobs/" + job);
        JsonObject result = node.await(job, "completed").object("result");
        assertThat(statuses(result)).containsExactly("users completed", "orders completed");
        assertThat(result.string("status")).isEqualTo("completed");
        assertThat(node.tables.contents().keySet()).isEqualTo(before.keySet());
        assertThat(node.tables.contents(USERS).orElseThrow()).containsEntry("shards/0/data/c", "gamma");
        assertThat(node.tables.leftovers()).isEmpty();
        assertThat(node.plans.list()).isEmpty();
    }

    @Test
    void aTableThatIsThereIsRefusedSkippedOrReplaced() throws Exception {
        node.tables.put("orders", Map.of("0/data/a", "changed"));
        node.tables.remove(USERS);
        assertThat(post(order("b1"))).isEqualTo(problem(409, "table: 'orders' (expected: one that does not exist)"));
        assertThat(post(order("b1", "\"restore_mode\":\"fail_if_exists\""))).startsWith("409 ");
        assertThat(post(order("b1", "\"restore_mode\":\"FAIL\"")))
                .isEqualTo(
                        problem(400, "restore_mode: unknown (expected: fail_if_exists, skip_if_exists or overwrite)"));

        assertThat(statuses(restored(order("b1", "\"restore_mode\":\"skip_if_exists\""))))
                .containsExactly("orders skipped", "users completed");
        assertThat(node.tables.contents(ORDERS).orElseThrow()).containsEntry("shards/0/data/a", "changed");
        assertThat(statuses(restored(order("b1", "\"restore_mode\":\"overwrite\""))))
                .containsExactly("orders completed", "users completed");
        assertThat(node.tables.contents(ORDERS).orElseThrow()).containsEntry("shards/0/data/a", "alpha");
    }

    @Test
    void aTableComesBackUnderAnotherNameBesideTheFirst() throws Exception {
        assertThat(statuses(restored(order("b1", "\"table_names\":[\"users\"],\"rename\":{\"users\":\"users2\"}"))))
                .containsExactly("users2 completed");
        assertThat(node.tables.contents(new TableName("users2")).orElseThrow())
                .containsEntry("shards/0/data/c", "gamma");
        assertThat(node.tables.contents(USERS)).isPresent();
    }

    @Test
    void aNameThatIsMisspeltIsNotBroughtBackInPlaceOfAnother() {
        String overwrite = "\"restore_mode\":\"overwrite\",";
        assertThat(post(order("b1", overwrite + "\"rename\":{\"user\":\"users2\"}")))
                .isEqualTo(problem(400, "rename: 'user' (expected: a table that is to be brought back)"));
        assertThat(post(order("b1", overwrite + "\"rename\":{\"users\":\"orders\"}")))
                .isEqualTo(problem(400, "rename: two tables to 'orders' (expected: a name of its own for each)"));
        assertThat(post(order("b1", "\"rename\":{\"users\":7}"))).startsWith("400 {\"error\":\"users: ");
        assertThat(post(order("b1", "\"rename\":{\"users\":\"\"}"))).startsWith("400 {\"error\":\"table: ");
    }

    @ParameterizedTest
    @CsvSource({"files,200", "metadata,200"})
    void aRehearsalOnlyLooks(String depth, int status) throws Exception {
        node.tables.remove(ORDERS);
        assertThat(node.post("/restore?dry_run=" + depth, order("b1", "\"restore_mode\":\"skip_if_exists\"")))
                .isEqualTo(status + " {\"job_id\":null,\"tables\":["
                        + "{\"name\":\"orders\",\"status\":\"triggered\",\"error\":null},"
                        + "{\"name\":\"users\",\"status\":\"skipped\",\"error\":null}],\"status\":\"checked\"}");
        assertThat(node.jobs("restore")).isEmpty();
        assertThat(node.plans.list()).isEmpty();
        assertThat(node.tables.contents(ORDERS)).isEmpty();
    }

    @Test
    void aRehearsalOfAllDataIsAJob() {
        String answer = node.post("/restore?dry_run=data", order("b1", "\"restore_mode\":\"overwrite\""));

        assertThat(answer).startsWith("202 ").endsWith("Location: /api/v1/jobs/" + jobOf(answer));
        JsonObject job = node.await(jobOf(answer), "completed");
        assertThat(job.string("type")).isEqualTo("verify");
        assertThat(job.object("result").string("status")).isEqualTo("fine");
    }

    @Test
    void aRehearsalRefusesAsTheRestoreWould() throws Exception {
        assertThat(node.post("/restore?dry_run=all", order("b1")))
                .isEqualTo(problem(400, "dry_run: unknown (expected: files, metadata or data)"));
        for (String depth : List.of("files", "metadata", "data")) {
            assertThat(node.post("/restore?dry_run=" + depth, order("b1"))).startsWith("409 ");
            assertThat(node.post("/restore?dry_run=" + depth, order("b2"))).startsWith("404 ");
        }
        assertThat(node.jobs("verify")).isEmpty();
    }

    @Test
    void everythingIsCheckedBeforeAnythingIsTouched() throws Exception {
        node.tables.remove(ORDERS);
        node.tables.remove(USERS);
        assertThat(post(order("b2"))).isEqualTo(problem(404, "backup_id: 'b2' (expected: a backup that is there)"));
        assertThat(post(order("b1", "\"table_names\":[\"none\"]")))
                .isEqualTo(problem(400, "table: 'none' (expected: one that is in the backup)"));
        assertThat(post("{\"backup_id\":\"b1\",\"location\":\"s3://other/x\"}")).startsWith("403 ");
        node.tables.usableBytes(3);
        assertThat(post(order("b1"))).startsWith("507 {\"error\":\"space: 3 bytes here (expected: >= ");
        node.tables.usableBytes(Long.MAX_VALUE);
        node.store().delete(new ObjectName("shard-0-users-b1.tar.zst"));
        assertThat(post(order("b1"))).isEqualTo(problem(422, "file: shard-0-users-b1.tar.zst is missing"));
        node.store().replace(new ObjectName("b1-cluster-metadata.json"), "{canary".getBytes(StandardCharsets.UTF_8));
        assertThat(post(order("b1"))).startsWith("422 ").doesNotContain("canary");

        assertThat(node.plans.list()).isEmpty();
        assertThat(node.jobs("restore")).isEmpty();
        assertThat(node.tables.contents()).isEmpty();
        assertThat(node.tables.leftovers()).isEmpty();
    }

    @Test
    void anotherProductsBackupIs422() throws Exception {
        try (TestNode other = new TestNode(directory.resolve("other"))) {
            Backups backups = Backups.builder("n", "other", "1", other.tables, other.tables, directory.resolve("ops2"))
                    .root("s3://bucket")
                    .opener(location -> node.store().elsewhere())
                    .open();
            try (backups) {
                other.sidecar = new TestSidecar();
                other.backups = backups;
                backups.install(other.sidecar);
                other.sidecar.start();
                assertThat(other.post("/restore", order("b1", "\"restore_mode\":\"overwrite\"")))
                        .isEqualTo(problem(422, "product: 'kv-node' (expected: 'other')"));
            }
        }
    }

    @Test
    void aTableThatIsBeingRestoredIsNotRestoredAgain() throws Exception {
        node.tables.remove(ORDERS);
        CountDownLatch release = new CountDownLatch(1);
        node.store().hook(Hooks.holding("shard-", release));
        String first = post(order("b1", "\"table_names\":[\"orders\"]"));
        assertThat(first).startsWith("202 ");
        assertThat(post(order("b1", "\"table_names\":[\"orders\"],\"restore_mode\":\"overwrite\"")))
                .isEqualTo(problem(409, "table: 'orders' (expected: one that is not being restored)"));
        release.countDown();
        node.await(jobOf(first), "completed");
    }

    @Test
    void aPlanWhoseJobCannotBeRecordedIsGone() throws Exception {
        node.tables.remove(ORDERS);
        node.backups.close();

        assertThat(post(order("b1", "\"table_names\":[\"orders\"]")))
                .isEqualTo(problem(503, "The node is shutting down") + " Retry-After: 5");
        assertThat(node.plans.list()).isEmpty();
    }

    @Test
    void aPlanThatMayHaveBeenWrittenIsRemovedWhereItsWriteFails() throws Exception {
        node.tables.remove(ORDERS);
        node.plans.steps(new Steps() {
            @Override
            public void after(String step) throws IOException {
                if (step.equals("write plan")) {
                    throw new IOException("no reply");
                }
            }
        });
        assertThat(post(order("b1", "\"table_names\":[\"orders\"]"))).startsWith("503 ");
        node.plans.steps(Steps.UNSEEN);
        assertThat(node.plans.list()).isEmpty();
        node.restart();
        assertThat(node.jobs("restore")).isEmpty();
    }

    @Test
    void whatTheHostThrowsIsNotForClients() throws Exception {
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) {
                if (step.equals("exists")) {
                    throw new IllegalArgumentException("canary: /var/secret");
                }
            }
        });
        assertThat(post(order("b1"))).startsWith("500 unexpected: "); // for the dispatcher, which tells nothing
    }

    @Test
    void aRestoreOfWhichNoTableComesBackFails() throws Exception {
        node.tables.remove(USERS);
        byte[] archive = "no archive".getBytes(StandardCharsets.UTF_8);
        ObjectName name = new ObjectName("shard-0-users-b1.tar.zst");
        int bytes = Math.toIntExact(node.store().stat(name).orElseThrow().bytes());
        node.store().replace(name, Arrays.copyOf(archive, bytes));
        String answer = post(order("b1", "\"table_names\":[\"users\"]"));

        JsonObject job = node.await(jobOf(answer), "failed");
        assertThat(job.string("last_error")).startsWith("no table could be brought back: ");
        assertThat(node.plans.list()).isEmpty();
        assertThat(node.sidecar.gates.get(0).isOpen()).isTrue();
        assertThat(node.post("/jobs/" + jobOf(answer) + "/retry", "")).startsWith("200 ");
        node.await(jobOf(answer), "failed");
    }

    @Test
    void oneTableThatDoesNotComeBackMakesItPartial() throws Exception {
        node.tables.remove(USERS);
        node.tables.remove(ORDERS);
        ObjectName name = new ObjectName("shard-0-users-b1.tar.zst");
        int bytes = Math.toIntExact(node.store().stat(name).orElseThrow().bytes());
        node.store().replace(name, new byte[bytes]);

        JsonObject result = restored(order("b1"));
        assertThat(result.string("status")).isEqualTo("partial");
        assertThat(statuses(result)).containsExactly("orders completed", "users failed");
    }
}
