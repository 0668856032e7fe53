package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each step of a restore, of store, plan and host, is the last that its process takes, or fails, in turn. */
class DyingRestoreTest {

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private Map<TableName, Map<String, String>> backup;

    @BeforeEach
    void backUp() throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
    }

    private RestoreBench bench() throws IOException {
        return new RestoreBench(place, Files.createTempDirectory(directory, "bench"));
    }

    private List<String> steps() throws Exception {
        Fate fate = Fate.uneventful();
        RestoreBench bench = bench();
        assertThat(bench.run(fate)).extracting(RestoredTable::status).containsOnly("completed");
        bench.assertBack("without a fault", backup);
        return fate.begun();
    }

    @Test
    void whereverItDiesATableIsOldOrNewAndTheNextAttemptGoesOn() throws Exception {
        List<String> steps = steps();
        for (int after = 0; after < steps.size(); after++) {
            RestoreBench bench = bench();
            Fate fate = Fate.deathAfter(after);
            assertThatThrownBy(() -> bench.run(fate)).isInstanceOf(Fate.Died.class);
            String when = fate + ": " + (after == 0 ? "" : steps.get(after - 1));
            bench.assertOldOrNew(when, backup);
            assertThat(bench.run(Fate.uneventful()))
                    .extracting(RestoredTable::status)
                    .containsOnly("completed");
            bench.assertBack(when, backup);
        }
    }

    @Test
    void aTableThatIsInPlaceIsLiveEvenIfItsBackupVanishesBeforeThatIsWrittenDown() throws Exception {
        int steps = steps().size();
        int seen = 0;
        for (int after = 1; after < steps; after++) {
            int dead = after;
            MemoryStore vanishing = new MemoryStore();
            RestoreBench.backUp(vanishing, Files.createTempDirectory(directory, "source"), ManifestSignature.NONE);
            RestoreBench bench = new RestoreBench(vanishing, Files.createTempDirectory(directory, "bench"));
            assertThatThrownBy(() -> bench.run(Fate.deathAfter(dead))).isInstanceOf(Fate.Died.class);
            bench.calm();
            if (bench.tables.isInPlace(RestoreBench.RESTORE, RestoreBench.ORDERS)
                    && bench.ledger().plan().table(RestoreBench.ORDERS).state() == TableState.STAGED) {
                seen++;
                vanishing.delete(new ObjectName("b1-cluster-metadata.json"));
                assertThat(bench.run(Fate.uneventful()))
                        .extracting(RestoredTable::status)
                        .containsExactly("completed", "failed");
                bench.assertSettled("after " + after);
                assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(backup.get(RestoreBench.ORDERS));
            }
        }
        assertThat(seen).isPositive();
    }

    @Test
    void whereverItDiesTwiceTheThirdAttemptGoesOn() throws Exception {
        int steps = steps().size();
        for (int first = 0; first < steps; first += 2) {
            for (int second = first % 5; second < steps; second += 5) {
                RestoreBench bench = bench();
                String when = "after " + first + ", then after " + second;
                int dead = first;
                assertThatThrownBy(() -> bench.run(Fate.deathAfter(dead))).isInstanceOf(Fate.Died.class);
                try {
                    bench.run(Fate.deathAfter(second));
                } catch (Fate.Died e) {
                    bench.assertOldOrNew(when, backup);
                }
                bench.run(Fate.uneventful());
                bench.assertBack(when, backup);
            }
        }
    }

    @Test
    void aStepThatFailsOnceIsTakenAgainOrFailsOneTable() throws Exception {
        everyStep(Fate::failureOf);
    }

    @Test
    void aStepWhoseReplyIsLostIsTakenAgainOrFailsOneTable() throws Exception {
        everyStep(Fate::failureAfter);
    }

    private void everyStep(IntFunction<Fate> fates) throws Exception {
        List<String> steps = steps();
        for (int at = 1; at <= steps.size(); at++) {
            RestoreBench bench = bench();
            String step = steps.get(at - 1);
            String when = fates.apply(at) + ": " + step;
            List<String> status = statuses(bench, fates.apply(at));
            bench.assertOldOrNew(when, backup);
            if (step.equals("stage")) {
                assertThat(status).as(when).containsOnlyOnce("failed").contains("completed");
                bench.assertSettled(when);
            } else {
                assertThat(status).as(when).isIn(List.of(), List.of("completed", "completed"));
                assertThat(bench.run(Fate.uneventful()))
                        .extracting(RestoredTable::status)
                        .containsOnly("completed");
                bench.assertBack(when, backup);
            }
        }
    }

    private static List<String> statuses(RestoreBench bench, Fate fate) throws Exception {
        try {
            return bench.run(fate).stream().map(RestoredTable::status).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void whereverItDiesWithADamagedShardTheTableStaysAsItWas() throws Exception {
        ObjectName archive = new ObjectName("shard-1-orders-b1.tar.zst");
        byte[] content = place.read(archive).orElseThrow().readAllBytes();
        content[content.length / 2] ^= 1;
        place.replace(archive, content);
        Fate counting = Fate.uneventful();
        assertHalf(bench(), counting, "without a fault");
        for (int after = 0; after < counting.begun().size(); after++) {
            RestoreBench bench = bench();
            Fate fate = Fate.deathAfter(after);
            assertThatThrownBy(() -> bench.run(fate)).isInstanceOf(Fate.Died.class);
            bench.assertOldOrNew(fate.toString(), backup);
            assertHalf(bench, Fate.uneventful(), fate.toString());
        }
    }

    private void assertHalf(RestoreBench bench, Fate fate, String when) throws Exception {
        assertThat(bench.run(fate)).extracting(RestoredTable::status).containsExactly("failed", "completed");
        bench.assertOldOrNew(when, backup);
        assertThat(bench.contents(RestoreBench.ORDERS)).as(when).isEqualTo(bench.before.get(RestoreBench.ORDERS));
        assertThat(bench.contents(RestoreBench.USERS)).as(when).isEqualTo(backup.get(RestoreBench.USERS));
        bench.assertSettled(when);
    }

    @Test
    void whereverItIsCanceledATableIsOldOrNewAndNothingIsStaged() throws Exception {
        int checks = checks();
        for (int at = 1; at <= checks; at++) {
            RestoreBench bench = bench();
            RecordingControl control = new RecordingControl(at, Reason.CANCELED);
            assertThatThrownBy(() -> bench.run(Fate.uneventful(), RestoreBench.request(RestoreMode.OVERWRITE), control))
                    .isInstanceOf(JobStoppedException.class);
            bench.assertOldOrNew("check " + at, backup);
            bench.assertSettled("check " + at);
            for (RestoredTable table : bench.run(Fate.uneventful())) {
                boolean isNew = bench.contents(table.name()).equals(backup.get(table.name()));
                assertThat(table.status()).isEqualTo(isNew ? "completed" : "failed");
            }
        }
    }

    @Test
    void whereverItsProcessClosesTheNextGoesOn() throws Exception {
        int checks = checks();
        for (int at = 1; at <= checks; at++) {
            RestoreBench bench = bench();
            RecordingControl control = new RecordingControl(at, Reason.CLOSING);
            assertThatThrownBy(() -> bench.run(Fate.uneventful(), RestoreBench.request(RestoreMode.OVERWRITE), control))
                    .isInstanceOf(JobStoppedException.class);
            bench.assertOldOrNew("check " + at, backup);
            bench.run(Fate.uneventful());
            bench.assertBack("check " + at, backup);
        }
    }

    private int checks() throws Exception {
        RecordingControl control = new RecordingControl();
        bench().run(Fate.uneventful(), RestoreBench.request(RestoreMode.OVERWRITE), control);
        return control.checks();
    }

    @Test
    void whereverItDiesAndIsCanceledThenATableIsOldOrNewAndSaysWhich() throws Exception {
        int steps = steps().size();
        for (int after = 12; after < steps; after++) {
            RestoreBench bench = bench();
            int dead = after;
            assertThatThrownBy(() -> bench.run(Fate.deathAfter(dead))).isInstanceOf(Fate.Died.class);
            bench.calm();
            try {
                bench.run(
                        Fate.uneventful(),
                        RestoreBench.request(RestoreMode.OVERWRITE),
                        new RecordingControl(1, Reason.CANCELED));
            } catch (JobStoppedException e) {
                assertThat(e.reason()).isEqualTo(Reason.CANCELED);
            }
            bench.assertSettled("after " + after);
            for (RestoredTable table : bench.run(Fate.uneventful())) {
                boolean isNew = bench.contents(table.name()).equals(backup.get(table.name()));
                assertThat(table.status())
                        .as("after %d: %s", after, table.name())
                        .isEqualTo(isNew ? "completed" : "failed");
            }
        }
    }
}
