package dev.outrigger.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.outrigger.backup.peer.PeerAccess;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupsBuilderTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private TestTables tables;

    @BeforeEach
    void open() {
        tables = new TestTables(directory.resolve("data"));
    }

    private BackupsBuilder builder() {
        return Backups.builder("node-1", "kv-node", "1.0", tables, tables, directory.resolve("ops"));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(message);
    }

    @Test
    void eachWrongArgumentIsRefusedAtOnceByItsName() {
        refused(() -> Backups.builder(" ", "kv-node", "1", tables, tables, directory), "node id: ' '");
        refused(() -> Backups.builder("n", "KV", "1", tables, tables, directory), "product: 'KV'");
        refused(() -> builder().root("/var/backups"), "location: ");
        refused(() -> builder().signingKey(new byte[15]), "signing key: 15 bytes (expected: >= 16)");
        refused(() -> builder().parallelShards(0), "parallel shards: 0 (expected: 1 to 64)");
        refused(() -> builder().parallelShards(65), "parallel shards: 65 ");
        refused(() -> builder().compressionLevel(0), "compression level: 0 (expected: 1 to 19)");
        refused(() -> builder().compressionLevel(20), "compression level: 20 ");
        refused(() -> builder().task("a b", TaskOptions.defaults(), any -> TaskResult.none()), "task type: 'a b'");
        refused(
                () -> builder().keep(KeepRule.at("s3://bucket/x")).keep(KeepRule.at("s3://bucket/x/")),
                "keep: 's3://bucket/x' (expected: one rule for each location)");
        assertThatNullPointerException()
                .isThrownBy(() -> builder().cluster(null, PeerAccess.open()))
                .withMessage("placement");
        refused(() -> PeerAccess.open().silence(Duration.ZERO), "silence: PT0S (expected: > 0, at most a day)");
        refused(() -> PeerAccess.open().timeout(Duration.ofDays(2)), "timeout: PT48H ");
        assertThatNullPointerException().isThrownBy(() -> builder().plans(null)).withMessage("plans");
        assertThatNullPointerException()
                .isThrownBy(() -> builder().throttle(null))
                .withMessage("throttle");
        assertThatNullPointerException().isThrownBy(() -> builder().clock(null)).withMessage("clock");
        assertThatNullPointerException().isThrownBy(() -> builder().keep(null)).withMessage("rule");
        assertThatNullPointerException().isThrownBy(() -> builder().s3(null)).withMessage("settings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore", "verify", "scrub", "gc", "schedule", "own"})
    void aTypeOfTasksThatIsTakenIsRefusedAtOnce(String type) {
        BackupsBuilder builder = builder().task("own", TaskOptions.defaults(), any -> TaskResult.none());
        refused(
                () -> builder.task(type, TaskOptions.defaults(), any -> TaskResult.none()),
                "task type: '" + type + "' (expected: one that is not taken)");
    }

    @Test
    void aRuleSaysWhatIsWrongWithIt() {
        KeepRule rule = KeepRule.at("s3://bucket/x");
        refused(() -> KeepRule.at("bucket"), "location: ");
        refused(() -> rule.backupEvery(Duration.ZERO, Duration.ZERO), "every: PT0S (expected: >= PT1S");
        refused(() -> rule.backupEvery(Duration.ofMillis(10), Duration.ZERO), "every: PT0.01S ");
        refused(() -> rule.backupEvery(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO), "every: ");
        refused(() -> rule.backupEvery(HOUR, HOUR.negated()), "jitter: PT-1H (expected: >= 0");
        refused(() -> rule.backupEvery(HOUR, Duration.ofSeconds(Long.MAX_VALUE)), "jitter: ");
        refused(() -> rule.verifyEvery(HOUR.negated()), "verify every: PT-1H ");
        refused(() -> rule.keepFor(Duration.ZERO), "keep for: PT0S ");
        refused(() -> rule.keepLast(0), "keep last: 0 (expected: >= 1)");
        assertThatNullPointerException()
                .isThrownBy(() -> rule.verifyEvery(null))
                .withMessage("interval");
    }

    @Test
    void withoutARootOrWithARuleUnderNoneNothingIsOpened() throws IOException {
        refused(() -> builder().open(), "root: none");
        refused(
                () -> builder()
                        .root("s3://bucket/a")
                        .keep(KeepRule.at("s3://bucket/b"))
                        .open(),
                "keep: 's3://bucket/b' (expected: at or under a root)");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void nothingIsOpenedOrBegunBeforeItIsTime() throws IOException {
        BackupsBuilder builder = builder().root(directory.toUri().toString());
        assertThat(directory).isEmptyDirectory();
        try (Backups backups = builder.open()) {
            new TestSidecar().listen();
            assertThat(threads()).isEmpty();
            assertThat(backups).isNotNull();
        }
        assertThat(threads()).isEmpty();
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("outrigger-task"));
        return threads;
    }

    @Test
    void whoFailsToOpenLeavesNoLock() throws IOException {
        Path ops = directory.resolve("ops");
        BackupsBuilder builder = builder().root("s3://bucket");
        Files.createDirectories(ops);
        Files.writeString(ops.resolve("plans"), "a file where a directory should be");
        assertThatCode(builder::open).isInstanceOf(IOException.class);
        Files.delete(ops.resolve("plans"));
        try (Backups backups = builder.open()) {
            assertThatCode(builder::open).isInstanceOf(TaskStoreException.class);
            assertThat(backups).isNotNull();
        }
        builder.open().close();
    }

    @Test
    void aPlanStoreOfTheHostThatCannotBeReadYetIsAskedAgainAtTheStart() throws Exception {
        MemoryPlans plans = new MemoryPlans();
        plans.steps(new Steps() {
            @Override
            public void before(String step) throws IOException {
                throw new IOException("no quorum");
            }
        });
        TestSidecar sidecar = new TestSidecar();
        try (Backups backups = builder().root("s3://bucket").plans(plans).open()) {
            backups.install(sidecar);
            sidecar.start();
        }
    }
}
