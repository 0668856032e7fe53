package dev.outrigger.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done by the clock, in a cluster whose members all have the rule. */
class ClusterClockTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private TestCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = new TestCluster(
                directory,
                builder -> builder.keep(KeepRule.at(TestCluster.HERE)
                        .backupEvery(HOUR, Duration.ZERO)
                        .verifyEvery(HOUR)));
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private long count(String type, String state) {
        return cluster.nodes.values().stream()
                .flatMap(node -> node.jobs(type).stream())
                .filter(job -> job.string("state").equals(state))
                .count();
    }

    private List<String> backups() throws Exception {
        try (Stream<String> names = cluster.stored("any").names().stream()) {
            return names.filter(name -> name.endsWith("-cluster-metadata.json")).toList();
        }
    }

    /** Lets time pass, and every member do what is due then. */
    private void pass(int times) {
        cluster.clock.move(HOUR);
        for (TestCluster.Node node : cluster.nodes.values()) {
            node.post("/gc?dry_run=true", "{\"location\":\"s3://bucket/nothing\"}"); // has its queue look at the clock
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(count("schedule", "completed")).isEqualTo(6L * times));
    }

    @Test
    void ofAllMembersOneHasTheTurnEachTime() throws Exception {
        pass(1);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count("backup", "completed") == 1);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count("scrub", "completed") == 1);
        assertThat(backups()).hasSize(1);
        pass(2);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count("backup", "completed") == 2);
        assertThat(backups()).hasSize(2);
        assertThat(cluster.plans.list())
                .extracting(stored -> stored.restore().value())
                .hasSize(2)
                .allMatch(name -> name.startsWith("clock-"));
    }
}
