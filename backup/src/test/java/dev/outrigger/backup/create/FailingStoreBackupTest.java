package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each step of a backup fails in turn, with and without having had its effect. */
class FailingStoreBackupTest {

    private static final List<String> HOSTS = List.of("list tables", "snapshot", "list files", "close snapshot");

    @TempDir
    Path directory;

    private BackupBench bench() throws IOException {
        return new BackupBench(Files.createTempDirectory(directory, "bench"));
    }

    private List<String> steps() throws Exception {
        Fate fate = Fate.uneventful();
        bench().process(fate).run();
        return fate.begun();
    }

    private static Optional<BackupOutcome> attempt(BackupBench bench, Fate fate) throws BackupConflictException {
        try {
            return Optional.of(bench.process(fate).run());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void everyStoreStep(IntFunction<Fate> fates) throws Exception {
        List<String> steps = steps();
        for (int at = 1; at <= steps.size(); at++) {
            if (!HOSTS.contains(steps.get(at - 1))) {
                BackupBench bench = bench();
                String when = fates.apply(at) + ": " + steps.get(at - 1);
                BackupOutcome outcome = attempt(bench, fates.apply(at))
                        .or(() -> Optional.ofNullable(again(bench)))
                        .orElseThrow();
                assertThat(outcome.status()).as(when).isEqualTo("completed");
                bench.assertWholeAndAlone(when);
                assertThat(bench.tables.leftovers()).as(when).isEmpty();
            }
        }
    }

    private static BackupOutcome again(BackupBench bench) {
        try {
            return bench.process(Fate.uneventful()).run();
        } catch (IOException | BackupConflictException e) {
            throw new AssertionError("the second attempt failed", e);
        }
    }

    @Test
    void aStoreThatFailsOnceFailsNoTable() throws Exception {
        everyStoreStep(Fate::failureOf);
    }

    @Test
    void aReplyThatIsLostOnceFailsNoTable() throws Exception {
        everyStoreStep(Fate::failureAfter);
    }

    @Test
    void aCommitWhoseReplyIsLostIsACommit() throws Exception {
        List<String> steps = steps();
        int commit = steps.indexOf("PUT_IF_ABSENT b1-cluster-metadata.json") + 1;
        BackupBench bench = bench();
        assertThat(attempt(bench, Fate.failureAfter(commit))).isPresent();
        bench.assertWholeAndAlone("at once");
    }

    @Test
    void aHostThatFailsOnceFailsOneTable() throws Exception {
        List<String> steps = steps();
        for (String step : List.of("snapshot", "list files")) {
            for (IntFunction<Fate> fates : List.<IntFunction<Fate>>of(Fate::failureOf, Fate::failureAfter)) {
                BackupBench bench = bench();
                Fate fate = fates.apply(steps.lastIndexOf(step) + 1);
                BackupOutcome outcome = bench.process(fate).run();
                assertThat(outcome.status()).as("%s %s", step, fate).isEqualTo("partial");
                assertThat(bench.backup.names())
                        .containsExactlyInAnyOrder(
                                "b1-cluster-metadata.json",
                                "orders-b1-metadata.json",
                                "shard-0-orders-b1.tar.zst",
                                "shard-1-orders-b1.tar.zst");
            }
        }
    }

    @Test
    void aHostThatCannotLetGoOfASnapshotSpoilsNothing() throws Exception {
        int close = steps().indexOf("close snapshot") + 1;
        BackupBench bench = bench();
        assertThat(bench.process(Fate.failureOf(close)).run().status()).isEqualTo("completed");
        bench.assertWholeAndAlone("a snapshot is left open");
    }

    @Test
    void aHostThatCannotListItsTablesIsAskedAgain() throws Exception {
        int list = steps().indexOf("list tables") + 1;
        for (Fate fate : List.of(Fate.failureOf(list), Fate.failureAfter(list))) {
            BackupBench bench = bench();
            assertThat(attempt(bench, fate)).isEmpty();
            again(bench);
            bench.assertWholeAndAlone(fate.toString());
        }
    }
}
