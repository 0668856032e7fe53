package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.HERE;
import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Hook;
import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node finds again that was closed, or died, and is opened on the same directory. */
class RestartTest {

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

    private boolean gateIsOpen() {
        return node.sidecar.gates.get(0).isOpen();
    }

    /** Begins a restore of a table that is away, which waits for its second attempt. */
    private String waitingRestore() throws Exception {
        node.tables.remove(USERS);
        node.store().hook(Hooks.failing(Operation.READ, ".tar.zst"));
        String job = jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"]")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).string("state").equals("pending")
                        && node.job(job).optionalString("last_error").isPresent());
        return job;
    }

    @Test
    void theGateStaysClosedBetweenTheAttemptsOfARestore() throws Exception {
        String job = waitingRestore();
        assertThat(gateIsOpen()).isFalse();

        node.store().hook(Hooks.NOTHING);
        node.pass(Duration.ofMinutes(1));
        node.await(job, "completed");
        assertThat(gateIsOpen()).isTrue();
    }

    @Test
    void theGateIsClosedFromTheStartWhileATableIsAway() throws Exception {
        String job = waitingRestore();
        node.close();
        node.install(new TestSidecar(), BackupsBuilder::startedByHost);
        assertThat(gateIsOpen()).isFalse();
        node.sidecar.start();
        assertThat(gateIsOpen()).isFalse();
        node.store().hook(Hooks.NOTHING);
        node.backups.start();
        node.pass(Duration.ofMinutes(1));
        node.await(job, "completed");

        assertThat(gateIsOpen()).isTrue();
        assertThat(node.tables.contents(USERS)).isPresent();
    }

    @Test
    void theGateOpensWhenARestoreFailsForGood() throws Exception {
        String job = waitingRestore();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            node.pass(Duration.ofMinutes(10));
            return node.job(job).string("state").equals("failed");
        });

        assertThat(gateIsOpen()).isTrue();
        assertThat(node.plans.list()).isEmpty();
        assertThat(node.tables.leftovers()).isEmpty();
        assertThat(node.job(job).string("last_error"))
                .isEqualTo("no table could be brought back: the store of backups does not answer, or refuses");
    }

    @Test
    void theGateOpensWhenTheHostThrowsAnError() throws Exception {
        node.tables.remove(USERS);
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) {
                if (step.equals("commit")) {
                    throw new NoClassDefFoundError("canary");
                }
            }
        });
        String job = jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"]")));
        node.await(job, "failed");
        assertThat(gateIsOpen()).isTrue();

        node.tables.steps(Steps.UNSEEN);
        node.restart();
        assertThat(node.plans.list()).isEmpty();
        assertThat(node.tables.leftovers()).isEmpty();
        assertThat(node.jobs("restore")).hasSize(1);
    }

    @Test
    void aRestoreOfATableThatStaysUntilItIsReplacedKeepsTheGateOpen() throws Exception {
        node.store().hook(Hooks.failing(Operation.READ, ".tar.zst"));
        String job =
                jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"],\"restore_mode\":\"overwrite\"")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).optionalString("last_error").isPresent());
        assertThat(gateIsOpen()).isTrue();
    }

    @Test
    void aPlanWithoutAJobIsCarriedOut() throws Exception {
        String orphan = waitingRestore();
        StoredPlan plan = node.plans.list().get(0);
        node.close();
        // The process died between plan and job: as if under another id.
        node.plans.remove(plan.restore());
        RestoreId other = new RestoreId(UUID.randomUUID().toString());
        String content =
                new String(plan.content(), UTF_8).replace(plan.restore().value(), other.value());
        node.plans.write(other, 0, content.getBytes(UTF_8));
        node.store().hook(Hooks.NOTHING);
        node.start();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.tables.contents(USERS).isPresent());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.plans.list().isEmpty());
        node.pass(Duration.ofMinutes(1));
        node.await(orphan, "failed");
        assertThat(node.job(orphan).string("last_error")).isEqualTo("the plan of this restore is gone");
    }

    @Test
    void aRestoreThatHadEndedWhenTheProcessDiedStaysAsItEnded() throws Exception {
        node.tables.remove(USERS);
        node.plans.steps(new Steps() {
            @Override
            public void after(String step) throws IOException {
                if (step.equals("remove plan")) {
                    throw new IOException("the plan is gone, and nobody knows");
                }
            }
        });
        String job = jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"]")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).optionalString("last_error").isPresent());
        node.plans.steps(Steps.UNSEEN);
        node.pass(Duration.ofMinutes(1));

        assertThat(node.await(job, "completed").object("result").string("status"))
                .isEqualTo("completed");
    }

    @Test
    void aRestoreThatNoProcessSurvivedIsSettledAndNotBegunASixthTime() throws Exception {
        String job = waitingRestore();
        node.close();
        Path record = directory.resolve("ops").resolve("tasks").resolve(job + ".json");
        String fourth = Files.readString(record);
        String died = fourth.replace("\"state\":\"pending\"", "\"state\":\"running\"")
                .replace("\"attempts\":1,", "\"attempts\":5,")
                .replace("\"lease\":null", "\"lease\":{\"owner\":\"w\",\"until\":\"2026-11-21T12:00:30.000Z\"}");
        assertThat(died).isNotEqualTo(fourth);
        Files.writeString(record, died);
        node.store().hook(Hooks.NOTHING);
        node.start();

        node.await(job, "failed");
        assertThat(node.plans.list()).isEmpty();
        assertThat(gateIsOpen()).isTrue();
        assertThat(node.jobs("restore")).hasSize(1);
        assertThat(node.tables.leftovers()).isEmpty();
    }

    @Test
    void whatBelongsToNoPlanIsRemoved() throws Exception {
        node.tables
                .stage(new RestoreId(UUID.randomUUID().toString()), USERS, 0)
                .resolve("file")
                .toFile()
                .createNewFile();
        assertThat(node.tables.leftovers()).isNotEmpty();
        node.restart();
        assertThat(node.tables.leftovers()).isEmpty();
    }

    @Test
    void whatVerificationFoundIsKnownAfterARestart() throws Exception {
        assertThat(node.backUp("b2")).startsWith("200 ");
        node.store().delete(new ObjectName("shard-0-users-b2.tar.zst"));
        String answer = node.post("/backups/b2/verify", "{\"location\":\"" + HERE + "\"}");
        node.await(jobOf(answer), "completed");
        String before = node.get("/backups?location=" + HERE);
        assertThat(before).contains("\"status\":\"damaged\"", "\"status\":\"completed\"");
        String one = node.get("/backups/b2?location=" + HERE);
        node.restart();

        assertThat(node.get("/backups?location=" + HERE)).isEqualTo(before);
        assertThat(node.get("/backups/b2?location=" + HERE)).isEqualTo(one);
    }

    @Test
    void whatWasSaidOfABackupIsNotSaidOfAnotherUnderItsId() throws Exception {
        String answer = node.post("/backups/b1/verify", "{\"location\":\"" + HERE + "\"}");
        node.await(jobOf(answer), "completed");
        assertThat(node.get("/backups/b1?location=" + HERE)).contains("\"verification\":{");
        node.await(jobOf(node.delete("/backups/b1?location=" + HERE)), "completed");
        assertThat(node.backUp("b1")).startsWith("200 ");

        assertThat(node.get("/backups/b1?location=" + HERE)).endsWith(",\"verification\":null}");
    }

    @Test
    void whatAProcessThatDiedHasLeftIsCollectedAtTheStart() throws Exception {
        node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "b2-cluster-metadata.json"));
        String job = jobOf(node.post("/backup?wait=0", order("b2")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).optionalString("last_error").isPresent());
        node.store().hook(Hooks.down());
        node.post("/jobs/" + job + "/cancel", "");
        node.await(job, "canceled");
        node.store().hook(Hooks.NOTHING);
        assertThat(node.stored("b2").isClaimed()).isTrue();
        node.jobs("gc").forEach(gc -> node.post("/jobs/" + gc.string("id") + "/cancel", ""));
        node.restart();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !node.stored("b2").isClaimed());
    }

    @Test
    void aPlaceIsTriedAgainAtTheStartWhichRemovesWhatAProcessThatDiedHasLeftOfATrial() throws Exception {
        AtomicInteger trials = new AtomicInteger();
        node.store().hook(new Hook() {
            @Override
            public void before(Operation operation, String name) {
                if (operation == Operation.PROBE) {
                    trials.incrementAndGet();
                }
            }
        });
        node.post("/gc", "{\"location\":\"" + HERE + "\"}");
        node.jobs("gc").forEach(gc -> node.await(gc.string("id"), "completed"));
        assertThat(trials).as("where this process has tried it before").hasValue(0);

        node.restart();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> trials.get() == 1);
    }

    @Test
    void startsDoNotPileUpWhatWaits() throws Exception {
        node.store().hook(Hooks.down());
        for (int start = 0; start < 3; start++) {
            node.restart();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> node.jobs("gc").stream()
                            .anyMatch(gc -> gc.optionalString("last_error").isPresent()));
        }
        List<JsonObject> waiting = node.jobs("gc").stream()
                .filter(gc -> gc.string("state").equals("pending"))
                .toList();
        assertThat(waiting).hasSize(1);
    }

    @Test
    void noThreadIsLeftWhenItIsClosed() throws Exception {
        node.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("outrigger-")));
        node.close();
    }
}
