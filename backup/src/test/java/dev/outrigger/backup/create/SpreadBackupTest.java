package dev.outrigger.backup.create;

import static dev.outrigger.backup.create.SpreadBench.LOWER;
import static dev.outrigger.backup.create.SpreadBench.N1;
import static dev.outrigger.backup.create.SpreadBench.N2;
import static dev.outrigger.backup.create.SpreadBench.N3;
import static dev.outrigger.backup.create.SpreadBench.UPPER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A backup of a table whose shards several members lead: who writes what, and what becomes of it when they die, move or come late. */
class SpreadBackupTest {

    private static int stepsOfCoordinator() throws Exception {
        Fate counting = Fate.uneventful();
        new SpreadBench().coordinator(counting).run();
        return counting.begun().size();
    }

    private static int stepsOfMember(NodeAddress member) throws Exception {
        SpreadBench bench = new SpreadBench();
        Fate counting = Fate.uneventful();
        bench.members.fate(member, counting);
        bench.coordinator(Fate.uneventful()).run();
        return counting.begun().size();
    }

    @Test
    void eachShardIsWrittenByTheMemberThatLeadsIt() throws Exception {
        SpreadBench bench = new SpreadBench();
        BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
        assertThat(outcome.status()).isEqualTo("completed");
        bench.assertWholeAndAlone("", LOWER, UPPER);
        assertThat(outcome.tables().stream().flatMap(table -> table.shards().stream()))
                .extracting(ManifestShard::node)
                .containsExactly("n1", "n2", "n3", "n2");
        bench.assertNoSnapshotIsOpen("");
        assertThat(bench.control.shards()).isEqualTo(4);
    }

    @Test
    void whereverAMemberDiesTheNewLeaderIsAsked() throws Exception {
        int steps = stepsOfMember(N2);
        assertThat(steps).isGreaterThan(10);
        for (int after = 0; after < steps; after++) {
            SpreadBench bench = new SpreadBench();
            bench.members.fate(N2, Fate.deathAfter(after));
            bench.members.whenDead(() -> bench.leaders.replaceAll((shard, leader) -> leader.equals(N2) ? N3 : leader));
            BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
            assertThat(outcome.status()).as("after " + after).isEqualTo("completed");
            bench.assertWholeAndAlone("after " + after, LOWER, UPPER);
        }
    }

    @Test
    void whereverAMemberDiesForGoodOnlyItsTablesFail() throws Exception {
        int steps = stepsOfMember(N3);
        for (int after = 0; after < steps; after++) {
            SpreadBench bench = new SpreadBench();
            bench.members.fate(N3, Fate.deathAfter(after));
            bench.members.whenDead(() -> bench.leaders.values().removeIf(N3::equals));
            BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
            assertThat(outcome.status()).as("after " + after).isEqualTo("partial");
            assertThat(outcome.tables().get(1).error())
                    .hasValue("shard 2: nobody who leads it has written it within 30 s");
            bench.assertWholeAndAlone("after " + after, LOWER);
        }
    }

    @Test
    void aDeadMemberThatStillSeemsToLeadIsNotWaitedForForEver() throws Exception {
        SpreadBench bench = new SpreadBench();
        bench.members.kill(N3);
        BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
        assertThat(outcome.tables().get(1).error()).hasValue("member n3: did not answer");
        bench.assertWholeAndAlone("", LOWER);
    }

    @Test
    void whereverTheCoordinatorDiesItsNextAttemptCompletesTheBackup() throws Exception {
        int steps = stepsOfCoordinator();
        assertThat(steps).isGreaterThan(30);
        for (boolean membersGoOn : List.of(false, true)) {
            for (int after = 0; after < steps; after++) {
                SpreadBench bench = new SpreadBench();
                BackupAttempt dying = bench.coordinator(Fate.deathAfter(after));
                assertThatThrownBy(dying::run).isInstanceOf(Fate.Died.class);
                if (membersGoOn) {
                    bench.members.runAll();
                }
                String when = "after " + after + ", members go on: " + membersGoOn;
                assertThat(bench.coordinator(Fate.uneventful()).run().status())
                        .as(when)
                        .isEqualTo("completed");
                bench.members.runAll();
                bench.assertWholeAndAlone(when, LOWER, UPPER);
            }
        }
    }

    @Test
    void whereverTheCoordinatorDiesGivingUpLeavesTheBackupOrNothing() throws Exception {
        int steps = stepsOfCoordinator();
        for (int after = 0; after < steps; after++) {
            SpreadBench bench = new SpreadBench();
            BackupAttempt dying = bench.coordinator(Fate.deathAfter(after));
            assertThatThrownBy(dying::run).isInstanceOf(Fate.Died.class);
            boolean there = bench.backup.manifest().isPresent();
            bench.coordinator(Fate.uneventful()).giveUp();
            bench.members.runAll();
            if (there) {
                bench.assertWholeAndAlone("after " + after, LOWER, UPPER);
            } else {
                bench.assertNothing("after " + after);
            }
        }
    }

    /** Loses one request, or its answer. */
    private static final class Lossy implements Steps {

        private final int at;
        private final boolean answer;
        private int seen;

        private Lossy(int at, boolean answer) {
            this.at = at;
            this.answer = answer;
        }

        @Override
        public void before(String step) throws IOException {
            if (++seen == at && !answer) {
                throw new IOException("lost: " + step);
            }
        }

        @Override
        public void after(String step) throws IOException {
            if (seen == at && answer) {
                throw new IOException("answer lost: " + step);
            }
        }
    }

    @Test
    void aLostRequestOrAnswerIsMadeUpFor() throws Exception {
        for (boolean answer : List.of(false, true)) {
            for (int at = 1; at <= 10; at++) {
                SpreadBench bench = new SpreadBench();
                bench.members.network(new Lossy(at, answer));
                BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
                assertThat(outcome.status()).as("at " + at).isEqualTo("completed");
                bench.assertWholeAndAlone("at " + at, LOWER, UPPER);
                assertThat(bench.members.asked()).as("at " + at).isEqualTo(4);
            }
        }
    }

    @Test
    void aMemberThatLeadsNoLongerSendsTheCoordinatorToWhoDoes() throws Exception {
        SpreadBench bench = new SpreadBench();
        List<String> moves = new ArrayList<>();
        bench.members.network(new Steps() {
            @Override
            public void before(String step) {
                if (step.equals("ask n2") && moves.isEmpty()) {
                    moves.add(step);
                    bench.leaders.put(1, N3); // The coordinator has just looked, and goes to the wrong one.
                }
            }
        });
        BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
        assertThat(outcome.status()).isEqualTo("completed");
        bench.assertWholeAndAlone("", LOWER, UPPER);
        assertThat(outcome.tables().get(0).shards())
                .extracting(ManifestShard::node)
                .containsExactly("n1", "n3");
    }

    @Test
    void aShardThatNobodyLeadsForTooLongFailsItsTable() throws Exception {
        SpreadBench bench = new SpreadBench();
        bench.leaders.remove(3);
        BackupOutcome outcome = bench.coordinator(Fate.uneventful()).run();
        assertThat(outcome.status()).isEqualTo("partial");
        bench.assertWholeAndAlone("", LOWER);
    }

    @Test
    void aShardThatIsLedAgainInTimeIsWritten() throws Exception {
        SpreadBench bench = new SpreadBench();
        bench.leaders.remove(3);
        List<Integer> pauses = new ArrayList<>();
        bench.members.eachPause(() -> {
            pauses.add(1);
            if (pauses.size() == 20) {
                bench.leaders.put(3, N1);
            }
        });
        assertThat(bench.coordinator(Fate.uneventful()).run().status()).isEqualTo("completed");
        bench.assertWholeAndAlone("", LOWER, UPPER);
    }

    @Test
    void aFileThatSomebodyPutsInTheWayGoesAndTheShardIsWrittenAnew() throws Exception {
        SpreadBench bench = new SpreadBench();
        List<String> once = new ArrayList<>();
        bench.members.network(new Steps() {
            @Override
            public void before(String step) throws IOException {
                if (step.equals("look n2") && once.isEmpty()) {
                    once.add(step);
                    bench.place.putIfAbsent(new ObjectName("shard-1-lower-b1.tar.zst"), new byte[3]);
                }
            }
        });
        assertThat(bench.coordinator(Fate.uneventful()).run().status()).isEqualTo("completed");
        bench.assertWholeAndAlone("", LOWER, UPPER);
        assertThat(once).isNotEmpty();
    }

    @Test
    void whateverIsUnderWayIsCalledOffWithTheJob() throws Exception {
        SpreadBench bench = new SpreadBench();
        bench.members.network(new Steps() {
            @Override
            public void before(String step) throws IOException {
                if (step.startsWith("look")) {
                    throw new IOException("no answer");
                }
            }
        });
        bench.members.eachPause(() -> {
            throw ScriptedMembers.canceled();
        });
        assertThatThrownBy(() -> bench.coordinator(Fate.uneventful()).run()).isInstanceOf(JobStoppedException.class);
        assertThat(bench.members.calledOff()).containsExactlyInAnyOrder("n1", "n2");
        bench.members.runAll();
        bench.assertNothing("called off");
    }

    @Test
    void whoAsksWithoutAClaimIsRefused() throws Exception {
        SpreadBench bench = new SpreadBench();
        BackupOrder order = SpreadBench.order();
        ShardOrder forged = new ShardOrder(
                "o1", order.id(), order.location(), "another-token", "run", order.orderedAt(), LOWER, List.of(0));
        ShardErrand errand = new ShardErrand(bench.site(N1), forged, bench.place, bench.control);
        assertThatThrownBy(errand::run)
                .isInstanceOf(BackupConflictException.class)
                .hasMessageContaining("expected: one that is being written");
        bench.assertNothing("forged");
    }

    @Test
    void aTableThatIsNotThereFailsAlone() throws Exception {
        SpreadBench bench = new SpreadBench();
        BackupOrder some = new BackupOrder(
                SpreadBench.order().id(),
                "memory",
                List.of(new TableName("no-such"), LOWER),
                "token-of-b1",
                SpreadBench.order().orderedAt());
        BackupAttempt attempt = new BackupAttempt(
                bench.site(N1),
                Optional.of(bench.members),
                some,
                bench.place,
                new StoreTraits(true, true),
                "job-1",
                bench.control);
        BackupOutcome outcome = attempt.run();
        assertThat(outcome.tables())
                .extracting(ManifestTable::error)
                .first()
                .isEqualTo(Optional.of("there is no such table"));
        bench.assertWholeAndAlone("", LOWER);
    }
}
