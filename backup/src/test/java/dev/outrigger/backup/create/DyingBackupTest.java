package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that makes a backup dies after each of its steps in turn. */
class DyingBackupTest {

    @TempDir
    Path directory;

    private BackupBench bench() throws IOException {
        return new BackupBench(Files.createTempDirectory(directory, "bench"));
    }

    /** How many steps a backup takes that nothing befalls. */
    private int steps() throws Exception {
        Fate fate = Fate.uneventful();
        BackupBench bench = bench();
        assertThat(bench.process(fate).run().status()).isEqualTo("completed");
        bench.assertWholeAndAlone("without a fault");
        assertThat(bench.tables.leftovers()).isEmpty();
        return fate.begun().size();
    }

    private static String die(BackupBench bench, int after) {
        Fate fate = Fate.deathAfter(after);
        assertThatThrownBy(() -> bench.process(fate).run()).isInstanceOf(Fate.Died.class);
        bench.calm();
        return "after " + after + ": " + (after == 0 ? "nothing" : fate.begun().get(after - 1));
    }

    @Test
    void whereverItDiesThereIsNoBackupOrAWholeOne() throws Exception {
        boolean seen = false;
        int steps = steps();
        for (int after = 0; after <= steps - 1; after++) {
            BackupBench bench = bench();
            String when = die(bench, after);
            boolean there = bench.backup.manifest().isPresent();
            assertThat(there || !seen).as(when).isTrue();
            seen = there;
            if (there) {
                assertThat(bench.backup.contents()).as(when).isEqualTo(BackupBench.ALL);
            }
        }
        assertThat(seen).isTrue();
    }

    @Test
    void whereverItDiesTheNextAttemptCompletesIt() throws Exception {
        int steps = steps();
        for (int after = 0; after < steps; after++) {
            BackupBench bench = bench();
            String when = die(bench, after);
            BackupOutcome outcome = bench.process(Fate.uneventful()).run();
            assertThat(outcome.status()).as(when).isEqualTo("completed");
            assertThat(outcome.bytes())
                    .as(when)
                    .isEqualTo(bench.backup.manifest().orElseThrow().sizeBytes());
            bench.assertWholeAndAlone(when);
        }
    }

    @Test
    void whatIsLeftOfAClaimThatWasNeverHadIsRemoved() throws Exception {
        BackupBench bench = bench();
        bench.place.elsewhere().create(new BackupNames(bench.order().id()).claim()); // and neither committed nor closed

        bench.process(Fate.uneventful()).run();

        bench.assertWholeAndAlone("died before it had claimed");
    }

    @Test
    void whereverItDiesTwiceTheThirdAttemptCompletesIt() throws Exception {
        int steps = steps();
        for (int first = 0; first < steps; first += 2) {
            for (int second = first % 7; second < steps; second += 7) {
                BackupBench bench = bench();
                String when = die(bench, first);
                try {
                    bench.process(Fate.deathAfter(second)).run();
                } catch (Fate.Died e) {
                    when += ", then " + e.getMessage();
                }
                bench.process(Fate.uneventful()).run();
                bench.assertWholeAndAlone(when);
            }
        }
    }

    @Test
    void whereverItDiesGivingUpLeavesTheBackupOrNothing() throws Exception {
        int steps = steps();
        for (int after = 0; after < steps; after++) {
            BackupBench bench = bench();
            String when = die(bench, after);
            boolean there = bench.backup.manifest().isPresent();
            bench.process(Fate.uneventful()).giveUp();
            if (there) {
                bench.assertWholeAndAlone(when);
            } else {
                bench.assertNothing(when);
            }
        }
    }

    @Test
    void whereverItDiesWhileGivingUpTheNextGivesUp() throws Exception {
        int steps = steps();
        for (int after = 0; after < steps; after++) {
            for (int later = after % 4; later < 14; later += 4) {
                BackupBench bench = bench();
                String when = die(bench, after) + ", then after " + later;
                boolean there = bench.backup.manifest().isPresent();
                try {
                    bench.process(Fate.deathAfter(later)).giveUp();
                } catch (Fate.Died e) {
                    bench.process(Fate.uneventful()).giveUp();
                }
                if (there) {
                    bench.assertWholeAndAlone(when);
                } else {
                    bench.assertNothing(when);
                }
            }
        }
    }

    @Test
    void aTableThatIsWholeIsKeptAndTheOthersAreWrittenAnew() throws Exception {
        int steps = steps();
        Set<Integer> kept = new HashSet<>();
        for (int after = 0; after < steps; after++) {
            BackupBench bench = bench();
            die(bench, after);
            Set<StoredObject> before = bench.backup.objects();
            bench.process(Fate.uneventful()).run();
            Set<StoredObject> same = bench.backup.objects().stream()
                    .filter(object ->
                            before.contains(object) && !object.name().value().contains("cluster"))
                    .collect(Collectors.toSet());
            kept.add(same.size());
        }
        assertThat(kept).containsExactlyInAnyOrder(0, 3, 5); // no table, orders, both
    }

    @Test
    void aTableThatIsGoneAtTheNextAttemptLeavesNothing() throws Exception {
        int steps = steps();
        for (int after = 0; after < steps; after++) {
            BackupBench bench = bench();
            String when = die(bench, after);
            if (bench.backup.manifest().isEmpty()) {
                bench.tables.remove(new TableName("orders"));
                assertThat(bench.process(Fate.uneventful()).run().status()).isEqualTo("completed");
                assertThat(bench.backup.names())
                        .as(when)
                        .containsExactlyInAnyOrder(
                                "b1-cluster-metadata.json", "users-b1-metadata.json", "shard-0-users-b1.tar.zst");
                assertThat(bench.backup.unfinished()).as(when).isZero();
            }
        }
    }

    @Test
    void whatADeadProcessHasWrittenIsReadBeforeItIsKept() throws Exception {
        BackupBench bench = bench();
        int steps = steps();
        die(bench, steps - 3);
        assertThat(bench.backup.manifest()).isEmpty();
        ObjectName archive = new ObjectName("shard-0-orders-b1.tar.zst");
        byte[] content = bench.place.read(archive).orElseThrow().readAllBytes();
        content[content.length / 2] ^= 1;
        bench.place.replace(archive, content);
        RecordingControl control = new RecordingControl();
        bench.process(Fate.uneventful(), bench.order(), control).run();
        bench.assertWholeAndAlone("damaged meanwhile");
        assertThat(control.told()).anyMatch(line -> line.startsWith("verifying table orders: "));
    }
}
