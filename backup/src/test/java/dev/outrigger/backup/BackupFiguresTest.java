package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.metrics.ExpositionFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFiguresTest {

    private static final String ENDED = "outrigger_backup_ended_total{status=";

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

    @Test
    void allFamiliesAreThereFromTheStartAndNoneIsRefused() {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            List<String> lines = Metrics.of(node, format);
            assertThat(lines)
                    .filteredOn(line -> line.contains("scrape_errors_total{"))
                    .allMatch(line -> line.endsWith(" 0"));
            assertThat(lines)
                    .contains(
                            ENDED + "\"completed\"} 0",
                            ENDED + "\"partial\"} 0",
                            ENDED + "\"failed\"} 0",
                            "outrigger_restore_ended_total{status=\"completed\"} 0",
                            "outrigger_backup_bytes_total 0",
                            "outrigger_restore_bytes_total 0",
                            "outrigger_backup_shards{state=\"missing\"} 0",
                            "outrigger_backup_shards{state=\"corrupt\"} 0",
                            "outrigger_backup_aborted_uploads_total 0",
                            "outrigger_backup_orphans 0",
                            "outrigger_backup_last_success_timestamp_seconds 0",
                            "outrigger_restore_last_success_timestamp_seconds 0",
                            "outrigger_tasks{state=\"pending\"} 0");
        }
    }

    @Test
    void aJobIsCountedOnceHoweverOftenItIsTried() {
        node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "b1-cluster-metadata.json"));
        String job = jobOf(node.post("/backup?wait=0", order("b1")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(job).optionalString("last_error").isPresent());
        assertThat(Metrics.of(node)).contains(ENDED + "\"completed\"} 0", ENDED + "\"failed\"} 0");
        node.store().hook(Hooks.NOTHING);
        node.pass(Duration.ofMinutes(1));
        node.await(job, "completed");

        assertThat(Metrics.of(node))
                .contains(
                        ENDED + "\"completed\"} 1",
                        ENDED + "\"failed\"} 0",
                        "outrigger_backup_last_duration_seconds 60");
    }

    @Test
    void aJobThatFailsForGoodIsCountedOnceAndOneThatIsCalledOffNever() {
        node.store().hook(Hooks.failing(Operation.PUT_IF_ABSENT, "cluster-metadata.json"));
        String failed = jobOf(node.post("/backup?wait=0", order("b1")));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            node.pass(Duration.ofMinutes(10));
            return node.job(failed).string("state").equals("failed");
        });
        String canceled = jobOf(node.post("/backup?wait=0", order("b2")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.job(canceled).optionalString("last_error").isPresent());
        node.post("/jobs/" + canceled + "/cancel", "");
        node.await(canceled, "canceled");

        assertThat(Metrics.of(node)).contains(ENDED + "\"completed\"} 0", ENDED + "\"failed\"} 1");
    }

    @Test
    void theLastSuccessIsRememberedAfterARestart() throws Exception {
        node.backUp("b1");
        node.post("/restore", order("b1", "\"restore_mode\":\"overwrite\""));
        node.await(node.jobs("restore").get(0).string("id"), "completed");
        List<String> before = successes();
        assertThat(before).filteredOn(line -> line.contains("_seconds 0")).hasSize(2); // how long they took
        node.clock.move(Duration.ofHours(1));
        node.restart();

        assertThat(successes()).isEqualTo(before);
    }

    private List<String> successes() {
        return Metrics.of(node).stream()
                .filter(line -> line.contains("last_success") || line.contains("last_duration"))
                .toList();
    }
}
