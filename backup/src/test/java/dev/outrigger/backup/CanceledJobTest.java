package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.json;
import static dev.outrigger.backup.TestNode.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that was called off between two attempts left its claim, its files or its plan: nobody told its handler. */
class CanceledJobTest {

    private static final TableName USERS = new TableName("users");

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

    /** Begins a backup that writes files, and then waits for its second attempt. */
    private String waitingBackup() {
        node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "b1-cluster-metadata.json"));
        String job = jobOf(node.post("/backup?wait=0", order("b1")));
        awaitRetry(job);
        node.store().hook(Hooks.NOTHING);
        return job;
    }

    private void awaitRetry(String job) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).string("state").equals("pending")
                        && node.job(job).optionalString("last_error").isPresent());
    }

    private String cancel(String job) {
        return node.post("/jobs/" + job + "/cancel", "");
    }

    @Test
    void aBackupThatWaitsForItsNextAttemptLeavesNothingWhenItIsCalledOff() throws Exception {
        String job = waitingBackup();
        assertThat(node.stored("b1").names()).isNotEmpty();

        assertThat(cancel(job)).startsWith("200 ");
        node.await(job, "canceled");
        assertThat(node.stored("b1").names()).isEmpty();
        assertThat(node.backUp("b1")).startsWith("200 ");
    }

    @Test
    void whatCannotBeRemovedAtThatMomentIsCollectedLater() throws Exception {
        String job = waitingBackup();
        node.store().hook(Hooks.down());
        cancel(job);
        node.await(job, "canceled");
        assertThat(node.stored("b1").isClaimed()).isTrue();
        node.store().hook(Hooks.NOTHING);
        node.pass(Duration.ofMinutes(1));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(node.stored("b1").names()).containsExactly("b1-cluster-metadata.json"));
        assertThat(node.stored("b1").manifest()).isEmpty(); // a tombstone
    }

    @Test
    void aBackupThatFailsForGoodLeavesNothing() throws Exception {
        String job = waitingBackup();
        node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "b1-cluster-metadata.json"));
        untilItEnds(job);

        assertThat(node.job(job).wholeNumber("attempts")).isEqualTo(5);
        assertThat(node.job(job).string("last_error")).isEqualTo("the store of backups does not answer, or refuses");
        assertThat(node.stored("b1").names()).isEmpty();
    }

    @Test
    void aHostThatThrowsForGoodLeavesNothingEither() throws Exception {
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) {
                if (step.equals("list tables")) {
                    throw new IllegalStateException("canary: /var/secret");
                }
            }
        });
        String job = jobOf(node.post("/backup?wait=0", order("b1")));
        awaitRetry(job);
        assertThat(node.stored("b1").isClaimed()).isTrue();
        untilItEnds(job);

        assertThat(node.job(job).string("last_error")).doesNotContain("canary");
        assertThat(node.stored("b1").names()).isEmpty();
    }

    private void untilItEnds(String job) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            node.pass(Duration.ofMinutes(10));
            return node.job(job).string("state").equals("failed");
        });
    }

    @Test
    void aRestoreThatWaitsForItsNextAttemptLeavesNothingWhenItIsCalledOff() throws Exception {
        assertThat(node.backUp("b1")).startsWith("200 ");
        node.tables.remove(USERS);
        node.store().hook(Hooks.failing(Operation.READ, ".tar.zst"));
        String job = jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"]")));
        awaitRetry(job);
        assertThat(node.plans.list()).hasSize(1);
        assertThat(node.sidecar.gates.get(0).isOpen()).isFalse();

        cancel(job);
        node.await(job, "canceled");
        assertThat(node.plans.list()).isEmpty();
        assertThat(node.tables.leftovers()).isEmpty();
        assertThat(node.sidecar.gates.get(0).isOpen()).isTrue();
        node.restart();
        assertThat(node.jobs("restore")).hasSize(1);
    }

    @Test
    void aRestoreThatWasNotBegunLeavesNothingWhenItIsCalledOff() throws Exception {
        assertThat(node.backUp("b1")).startsWith("200 ");
        node.tables.remove(USERS);
        CountDownLatch release = new CountDownLatch(1);
        node.store().hook(Hooks.holding("shard-", release));
        String first = jobOf(node.post("/restore", order("b1", "\"table_names\":[\"users\"]")));
        String second =
                jobOf(node.post("/restore", order("b1", "\"rename\":{\"users\":\"u2\"},\"table_names\":[\"users\"]")));
        cancel(second);

        node.await(second, "canceled");
        assertThat(node.plans.list()).hasSize(1);
        release.countDown();
        node.await(first, "completed");
        assertThat(node.tables.contents(new TableName("u2"))).isEmpty();
    }

    @Test
    void aBackupThatRunsIsUndoneWhenItIsCalledOff() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        node.tables.steps(new Steps() {
            @Override
            public void after(String step) throws IOException {
                if (step.equals("snapshot")) {
                    Hooks.hold(release);
                }
            }
        });
        String job = jobOf(node.post("/backup?wait=0", order("b1")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.stored("b1").isClaimed());
        assertThat(json(cancel(job)).string("state")).isEqualTo("running");
        release.countDown();
        node.await(job, "canceled");

        assertThat(node.stored("b1").names()).isEmpty();
        assertThat(node.tables.leftovers()).isEmpty();
    }
}
