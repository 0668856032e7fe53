package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.HERE;
import static dev.outrigger.backup.TestNode.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Operation;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepClockTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private TestNode node;

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void start(KeepRule... rules) throws IOException {
        node = new TestNode(directory);
        start(new TestSidecar(), rules);
    }

    private void start(TestSidecar sidecar, KeepRule... rules) throws IOException {
        node.install(sidecar, builder -> {
            Stream.of(rules).forEach(builder::keep);
            return builder;
        });
        node.sidecar.start();
    }

    private void restart(KeepRule... rules) throws Exception {
        node.close();
        start(new TestSidecar(), rules);
    }

    private static KeepRule hourly() {
        return KeepRule.at(HERE).backupEvery(HOUR, Duration.ZERO);
    }

    private List<String> ids() {
        return json(node.get("/backups?location=" + HERE)).objects("backups").stream()
                .map(backup -> backup.string("backup_id"))
                .toList();
    }

    private void awaitBackups(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            node.wake();
            assertThat(ids()).hasSize(count);
        });
        awaitRest();
    }

    /** Waits until nothing runs, and nothing waits but for its time. */
    private void awaitRest() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> json(node.get("/jobs?limit=1000")).objects("jobs").stream()
                        .allMatch(job -> isScheduled(job)
                                || job.optionalString("finished_at").isPresent()));
    }

    private static boolean isScheduled(JsonObject job) {
        return job.string("type").equals("schedule") && job.string("state").equals("pending");
    }

    private List<JsonObject> waiting() {
        return node.jobs("schedule").stream().filter(KeepClockTest::isScheduled).toList();
    }

    @Test
    void theFirstBackupIsMadeOneIntervalAfterTheStartAndThenOneEachInterval() throws Exception {
        start(hourly());
        node.pass(HOUR.minusSeconds(1));
        awaitRest();
        assertThat(ids()).isEmpty();
        node.pass(Duration.ofSeconds(1));
        awaitBackups(1);
        assertThat(ids().get(0)).matches("auto-20261121T130000Z-[0-9a-f]{8}");
        node.pass(HOUR);
        awaitBackups(2);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void jitterIsBetweenNoneAndItsBound() throws Exception {
        start(KeepRule.at(HERE).backupEvery(HOUR, HOUR));
        node.pass(HOUR.minusSeconds(1));
        awaitRest();
        assertThat(ids()).isEmpty();
        node.pass(HOUR.plusSeconds(1));
        awaitBackups(1);
    }

    @Test
    void aRestartNeitherPutsOffNorDoublesWhatIsDue() throws Exception {
        start(hourly());
        node.clock.move(HOUR.dividedBy(2));
        restart(hourly());
        restart(hourly());
        assertThat(waiting()).hasSize(1);
        node.pass(HOUR.dividedBy(2));
        awaitBackups(1);
        node.clock.move(HOUR.multipliedBy(5)); // The node was down for long: what it missed is made up for once.
        restart(hourly());
        awaitBackups(2);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void aRuleThatIsGoneIsCalledOffAndOneThatChangedCounts() throws Exception {
        start(KeepRule.at(HERE).backupEvery(DAY, Duration.ZERO).verifyEvery(DAY));
        assertThat(waiting()).hasSize(2);
        restart(hourly());
        assertThat(waiting()).hasSize(1);
        node.pass(HOUR);
        awaitBackups(1);
        restart();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void aStoreThatFailsDoesNotStopTheClock() throws Exception {
        start(hourly());
        node.store().hook(Hooks.down());
        for (int hour = 0; hour < 8; hour++) {
            node.pass(HOUR);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> waiting().size() >= 1);
        }
        node.store().hook(Hooks.NOTHING);
        node.pass(HOUR);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            node.wake();
            return !ids().isEmpty();
        });
    }

    @Test
    void aLocationThatIsRefusedDoesNotStopTheClock() throws Exception {
        start(hourly());
        CountDownLatch release = new CountDownLatch(1);
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) throws IOException {
                if (step.equals("snapshot")) {
                    Hooks.hold(release);
                }
            }
        });
        node.pass(HOUR);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("backup").size() == 1);
        node.pass(HOUR);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("schedule").size() == 3);
        assertThat(node.jobs("backup")).hasSize(1); // One is still being made.
        release.countDown();
        awaitBackups(1);
        node.pass(HOUR);
        awaitBackups(2);
    }

    @Test
    void theSameTimeOfTheClockIsNotTakenForTwoWhenItsStoreFailsInBetween() throws Exception {
        start(hourly());
        awaitRest();
        node.store().hook(Hooks.failingFirst(Operation.STAT, 1));
        node.pass(HOUR);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("schedule").stream()
                        .anyMatch(job -> job.optionalString("last_error").isPresent()));
        node.pass(Duration.ofMinutes(1));
        awaitBackups(1);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void whatIsNotKeptGoesWithTheNextBackup() throws Exception {
        start(hourly().keepLast(2));
        for (int backup = 1; backup <= 2; backup++) {
            node.pass(HOUR);
            awaitBackups(backup);
        }
        List<String> before = ids();
        node.pass(HOUR);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            node.wake();
            assertThat(ids()).hasSize(2).doesNotContain(before.get(1)).contains(before.get(0));
        });
        awaitRest();
        assertThat(new HashSet<>(ids())).hasSize(2);
    }

    @Test
    void aDamagedBackupIsReplacedByAFreshOneOnce() throws Exception {
        KeepRule rule = KeepRule.at(HERE)
                .backupEvery(Duration.ofDays(100), Duration.ZERO)
                .verifyEvery(DAY);
        start(rule);
        assertThat(node.backUp("b1")).startsWith("200 ");
        node.store().delete(new ObjectName("shard-0-users-b1.tar.zst"));
        node.pass(DAY);
        awaitBackups(2);
        assertThat(node.jobs("scrub").get(0).object("result").wholeNumber("missing"))
                .isEqualTo(1);
        node.pass(DAY);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("scrub").size() == 2);
        awaitRest();
        restart(rule);
        node.pass(DAY);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("scrub").size() == 3);
        awaitRest();

        assertThat(ids()).hasSize(2).contains("b1");
        assertThat(waiting()).hasSize(2);
        assertThat(Metrics.of(node)).contains("outrigger_backup_shards{state=\"missing\"} 1");
        restart(rule);
        assertThat(Metrics.of(node)).contains("outrigger_backup_shards{state=\"missing\"} 1");
    }

    @Test
    void withoutAScheduleADamagedBackupIsOnlyShown() throws Exception {
        start(KeepRule.at(HERE).verifyEvery(DAY));
        assertThat(node.backUp("b1")).startsWith("200 ");
        node.store().delete(new ObjectName("shard-0-users-b1.tar.zst"));
        node.pass(DAY);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> node.jobs("scrub").size() == 1);
        awaitRest();

        assertThat(node.get("/backups?location=" + HERE)).contains("\"status\":\"damaged\"");
        assertThat(ids()).containsExactly("b1");
    }
}
