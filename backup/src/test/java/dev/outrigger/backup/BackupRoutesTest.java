package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.HERE;
import static dev.outrigger.backup.TestNode.answered;
import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.json;
import static dev.outrigger.backup.TestNode.order;
import static dev.outrigger.backup.TestNode.problem;
import static dev.outrigger.backup.TestNode.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.StoreFullException;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.health.Lifecycle;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoutesTest {

    @TempDir
    Path directory;

    private TestNode node;
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void open() throws IOException {
        node = new TestNode(directory).start();
    }

    @AfterEach
    void close() throws Exception {
        release.countDown();
        node.close();
    }

    /** Has every backup wait before its first table, until it is released. */
    private void holdBackups() {
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) throws IOException {
                if (step.equals("snapshot")) {
                    hold();
                }
            }
        });
    }

    private void hold() throws IOException {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void failing(MemoryStore.Operation operation, IOException failure) {
        node.store().hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation begun, String name) throws IOException {
                if (begun == operation) {
                    throw failure;
                }
            }
        });
    }

    private Response begin(String body) {
        return node.ask(Method.POST, "/backup", body);
    }

    private String post(String body) {
        return node.post("/backup", body);
    }

    @Test
    void theAnswerComesWithTheEndOfTheJobAndTellsOfEachTable() {
        String answer = answered(begin(order("b1")));

        assertThat(answer)
                .isEqualTo("200 {\"backup_id\":\"b1\",\"job_id\":\"" + jobOf(answer) + "\",\"tables\":["
                        + "{\"name\":\"orders\",\"status\":\"completed\",\"error\":null},"
                        + "{\"name\":\"users\",\"status\":\"completed\",\"error\":null}],\"status\":\"completed\"}");
        assertThat(node.job(jobOf(answer)).object("result").string("status")).isEqualTo("completed");
        assertThat(node.sidecar.loop.delays()).isEmpty();
    }

    @Test
    void tablesAreToldOfInTheOrderAskedAndAnUnknownOneFailsAlone() {
        String answer = answered(begin(order("b1", "\"table_names\":[\"users\",\"none\",\"orders\",\"users\"]")));

        assertThat(answer)
                .isEqualTo("200 {\"backup_id\":\"b1\",\"job_id\":\"" + jobOf(answer) + "\",\"tables\":["
                        + "{\"name\":\"users\",\"status\":\"completed\",\"error\":null},"
                        + "{\"name\":\"none\",\"status\":\"failed\",\"error\":\"there is no such table\"},"
                        + "{\"name\":\"orders\",\"status\":\"completed\",\"error\":null}],\"status\":\"partial\"}");
    }

    @Test
    void whereNoTableMadeItTheAnswerIs500WithTheSameBody() throws Exception {
        String answer = answered(begin(order("b1", "\"table_names\":[\"none\"]")));

        assertThat(answer)
                .isEqualTo("500 {\"backup_id\":\"b1\",\"job_id\":\"" + jobOf(answer) + "\",\"tables\":["
                        + "{\"name\":\"none\",\"status\":\"failed\",\"error\":\"there is no such table\"}],"
                        + "\"status\":\"failed\"}");
        assertThat(node.stored("b1").names()).isEmpty();
        assertThat(answered(begin(order("b1")))).startsWith("200 ");
    }

    @Test
    void whoDoesNotWaitIsToldWhereTheJobIs() {
        for (String how : List.of("?wait=0", "")) {
            String id = how.isEmpty() ? "b1" : "b0";
            TestRequest request = TestRequest.of(Method.POST, "/api/v1/backup" + how, order(id));
            String answer = told(
                    node.sidecar.ask(how.isEmpty() ? request.header("Prefer", "wait=3, Respond-Async; x=1") : request));

            assertThat(answer)
                    .isEqualTo("202 {\"backup_id\":\"" + id + "\",\"job_id\":\"" + jobOf(answer)
                            + "\",\"tables\":[],\"status\":\"running\"} Location: /api/v1/jobs/" + jobOf(answer));
            node.await(jobOf(answer), "completed");
        }
    }

    @Test
    void behindAPrefixTheJobIsToldWithIt() throws Exception {
        node.close();
        node.install(new TestSidecar("/ops"));
        node.sidecar.start();
        String answer = told(node.sidecar.ask(TestRequest.of(Method.POST, "/api/v1/backup?wait=0", order("b1"))));

        assertThat(answer).endsWith(" Location: /ops/api/v1/jobs/" + jobOf(answer));
    }

    @Test
    void whoHasWaitedLongEnoughIsToldThatItRuns() {
        holdBackups();
        Response answer = node.ask(Method.POST, "/backup?wait=7", order("b1"));
        assertThat(told(answer)).isEqualTo("not yet");
        assertThat(node.sidecar.loop.delays()).containsExactly(Duration.ofSeconds(7));

        node.sidecar.loop.goOff();
        assertThat(told(answer)).startsWith("202 ").contains("\"status\":\"running\"");
        release.countDown();
        node.await(jobOf(told(answer)), "completed");
    }

    @Test
    void aClientThatLeavesLeavesNothingButItsJob() {
        holdBackups();
        Response answer = begin(order("b1"));
        assertThat(node.sidecar.loop.delays()).containsExactly(Duration.ofMinutes(10));
        ((LaterResponse) answer).abandoned().run();

        assertThat(node.sidecar.loop.delays()).isEmpty();
        release.countDown();
        node.await(node.jobs("backup").get(0).string("id"), "completed");
    }

    @Test
    void whenTheQueueClosesTheClientIsToldThatTheJobRunsAndItGoesOnAtTheNextStart() throws Exception {
        holdBackups();
        Response answer = begin(order("b1"));
        Thread closing = new Thread(() -> node.backups.close());
        closing.start();
        release.countDown();
        closing.join();

        assertThat(answered(answer)).startsWith("20");
        assertThat(node.sidecar.loop.delays()).isEmpty();
        node.restart();
        node.await(node.jobs("backup").get(0).string("id"), "completed");
        assertThat(node.stored("b1").manifest()).isPresent();
    }

    @Test
    void whenTheLaneIsClosedTheClientIsToldThatTheJobRuns() {
        holdBackups();
        Response answer = begin(order("b1"));
        node.sidecar.laneClosed = true;
        release.countDown();

        assertThat(answered(answer)).startsWith("202 ");
    }

    @Test
    void whatIsMalformedIs400() {
        assertThat(told(node.sidecar.ask(TestRequest.of(Method.POST, "/api/v1/backup", order("b1"))
                        .onlyHeader("Accept", "*/*"))))
                .isEqualTo(problem(415, "Content-Type: not JSON (expected: application/json)"));
        assertThat(post("{\"location\":\"" + HERE + "\"}"))
                .isEqualTo(problem(400, "backup_id: missing (expected: a text)"));
        assertThat(post("{\"backup_id\":\"b1\"}")).isEqualTo(problem(400, "location: missing (expected: a text)"));
        assertThat(post(order("../b1"))).startsWith("400 {\"error\":\"backup_id: ");
        assertThat(post("{\"backup_id\":\"b1\",\"location\":\"https://bucket/x\"}"))
                .startsWith("400 {\"error\":\"location: ");
        assertThat(post(order("b1", "\"table_names\":[7]"))).startsWith("400 {\"error\":\"table_names: ");
        assertThat(post(order("b1", "\"table_names\":[\"\"]"))).startsWith("400 {\"error\":\"table: ");
        assertThat(node.post("/backup?wait=-1", order("b1"))).startsWith("400 ");
        assertThat(node.post("/backup?wait=3601", order("b1"))).startsWith("400 ");
        assertThat(node.jobs("backup")).isEmpty();
    }

    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\"")
                .collect(Collectors.joining(",", "\"table_names\":[", "]"));
    }

    @Test
    void moreTablesThanAJobCanRememberAre400() {
        assertThat(post(order("b1", names(10_001)))).isEqualTo(problem(400, "table_names: 10001 (expected: <= 10000)"));
        String longNames = IntStream.range(0, 690)
                .mapToObj(i -> "\"" + "t".repeat(88) + "-" + i + "\"")
                .collect(Collectors.joining(",", "\"table_names\":[", "]"));
        assertThat(post(order("b1", longNames)))
                .isEqualTo(problem(400, "table_names: 690 (expected: fewer, or all by naming none)"));
    }

    @Test
    void ofMoreTablesThanARecordHoldsSomeAreToldOfAndWhatFailedFirst() throws Exception {
        String failed = answered(begin(order("b1", names(8_000))));
        assertThat(failed).startsWith("500 ").contains("\"status\":\"failed\",\"omitted\":");
        String partial = answered(begin(order("b2", names(8_000).replace("\"zz\"", "\"orders\",\"users\""))));
        int told = json(partial).objects("tables").size();
        assertThat(json(partial).string("status")).isEqualTo("partial");
        assertThat(json(partial).objects("tables"))
                .allMatch(table -> table.string("status").equals("failed"));
        assertThat(json(partial).wholeNumber("omitted")).isEqualTo(8_001 - told);
        assertThat(node.stored("b2").names()).hasSize(6);
    }

    @Test
    void aLocationUnderNoRootIs403() {
        assertThat(post("{\"backup_id\":\"b1\",\"location\":\"s3://other/x\"}"))
                .isEqualTo(problem(403, "location: s3://other/x (expected: one at or under a configured root)"));
    }

    @Test
    void anIdThatIsThereIs409() {
        node.backUp("b1");
        assertThat(post(order("b1")))
                .isEqualTo(problem(
                        409,
                        "backup_id: 'b1' (expected: one that is not there: there is a backup of that id, or what is left of"
                                + " one)"));
    }

    @Test
    void anIdThatIsBeingWrittenIs409() {
        holdBackups();
        begin(order("b1"));
        begin(order("b2"));

        String expected = " (expected: one that is not being written)";
        assertThat(post(order("b1"))).isEqualTo(problem(409, "backup_id: 'b1'" + expected));
        assertThat(post(order("b2"))).isEqualTo(problem(409, "backup_id: 'b2'" + expected));
    }

    @Test
    void aConflictThatOnlyTheJobFindsIs409() throws Exception {
        holdBackups();
        Response waiting = begin(order("b0"));
        Response second = begin(order("b1"));
        // Another node is first.
        try (TestNode other = new TestNode(directory.resolve("other"))) {
            other.install(
                    new TestSidecar(),
                    builder -> builder.opener(location -> node.store().elsewhere()));
            other.sidecar.start();
            assertThat(other.backUp("b1")).startsWith("200 ");
        }
        release.countDown();

        assertThat(answered(waiting)).startsWith("200 ");
        assertThat(answered(second))
                .isEqualTo(problem(
                        409,
                        "backup_id: 'b1' (expected: one that is not there; it is a backup of 2026-11-21T12:00:00Z)"));
    }

    @Test
    void aJobThatIsCalledOffAnswersAsOneThatFailed() {
        holdBackups();
        Response running = begin(order("b0"));
        Response waiting = begin(order("b1", "\"table_names\":[\"users\"]"));
        String job = node.jobs("backup").get(0).string("id");
        assertThat(node.post("/jobs/" + job + "/cancel", "")).startsWith("200 ");

        assertThat(answered(waiting))
                .isEqualTo("500 {\"backup_id\":\"b1\",\"job_id\":\"" + job + "\",\"tables\":["
                        + "{\"name\":\"users\",\"status\":\"failed\",\"error\":\"canceled\"}],\"status\":\"failed\"}");
        assertThat(told(running)).isEqualTo("not yet");
    }

    @Test
    void aStoreThatDoesNotAnswerIs503() {
        failing(MemoryStore.Operation.STAT, new IOException("canary: /var/secret"));
        assertThat(post(order("b1")))
                .isEqualTo(problem(503, "The store of backups does not answer, or refuses") + " Retry-After: 5");
    }

    @Test
    void aStoreThatIsFullIs507() {
        failing(MemoryStore.Operation.PROBE, new StoreFullException("canary: /var/secret", new IOException()));
        assertThat(post(order("b1"))).isEqualTo(problem(507, "There is no space left at the location"));
    }

    @Test
    void aStoreThatWritesOverWhatIsThereIs501() throws Exception {
        node.close();
        node.install(new TestSidecar(), builder -> builder.opener(location -> new UnconditionalStore(node.store())));
        node.sidecar.start();

        assertThat(post(order("b1"))).startsWith("501 {\"error\":\"location: '" + HERE + "' ");
        node.close();
        node.install(
                new TestSidecar(),
                builder -> builder.opener(location -> new UnconditionalStore(node.store()))
                        .allowUnconditionalStore());
        node.sidecar.start();
        assertThat(node.backUp("b1")).startsWith("200 ");
        assertThat(node.stored("b1").manifest().orElseThrow().storage()).isEqualTo(new StoreTraits(false, true));
    }

    @Test
    void beforeTheStartAndDuringTheDrainNothingNewIsBegun() throws Exception {
        node.close();
        node.install(new TestSidecar(), BackupsBuilder::startedByHost);
        node.sidecar.start();
        assertThat(post(order("b1"))).isEqualTo(problem(503, "The node is starting") + " Retry-After: 5");
        assertThat(node.get("/backups?location=" + HERE))
                .isEqualTo("200 {\"backups\":[],\"truncated\":false,\"next\":null}");
        node.backups.start();
        node.backups.start();
        assertThat(node.backUp("b1")).startsWith("200 ");

        node.sidecar.lifecycle = Lifecycle.DRAINING;
        String draining = problem(503, "The node is draining") + " Retry-After: 5";
        assertThat(post(order("b2"))).isEqualTo(draining);
        assertThat(node.post("/restore", order("b1"))).isEqualTo(draining);
        assertThat(node.post("/backups/b1/verify", "{\"location\":\"" + HERE + "\"}"))
                .isEqualTo(draining);
        assertThat(node.delete("/backups/b1?location=" + HERE)).isEqualTo(draining);
        assertThat(node.post("/gc", "{\"location\":\"" + HERE + "\"}")).isEqualTo(draining);
        assertThat(node.get("/backups?location=" + HERE)).startsWith("200 ").contains("\"b1\"");
        assertThat(node.get("/backups/b1?location=" + HERE)).startsWith("200 ");
        String job = node.jobs("backup").get(0).string("id");
        assertThat(node.post("/jobs/" + job + "/cancel", "")).startsWith("409 ");
    }

    @Test
    void onceClosedNewWorkIs503() {
        node.backups.close();
        assertThat(post(order("b1"))).isEqualTo(problem(503, "The node is shutting down") + " Retry-After: 5");
        assertThat(node.post("/gc", "{\"location\":\"" + HERE + "\"}"))
                .isEqualTo(problem(503, "The node is shutting down") + " Retry-After: 5");
    }

    @Test
    void aFailureOfTheHostAnswersLikeAFailedBackup() {
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) {
                if (step.equals("snapshot")) {
                    throw new IllegalArgumentException("canary: /var/secret");
                }
            }
        });
        assertThat(answered(begin(order("b1"))))
                .startsWith("500 ")
                .contains("\"error\":\"the table could not be read; the log has more\"")
                .doesNotContain("canary");
    }
}
