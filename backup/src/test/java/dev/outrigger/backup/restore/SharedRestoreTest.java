package dev.outrigger.backup.restore;

import static dev.outrigger.backup.restore.SharedBench.N1;
import static dev.outrigger.backup.restore.SharedBench.N2;
import static dev.outrigger.backup.restore.SharedBench.N3;
import static dev.outrigger.backup.restore.SharedBench.ORDERS;
import static dev.outrigger.backup.restore.SharedBench.RESTORE;
import static dev.outrigger.backup.restore.SharedBench.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore that three members carry out together, whoever dies at whatever step. */
class SharedRestoreTest {

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private Map<TableName, Map<String, String>> backup;
    private int benches;

    @BeforeEach
    void backUp() throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
    }

    private SharedBench bench() throws IOException {
        return new SharedBench(place, directory.resolve("cluster-" + ++benches));
    }

    private SharedBench ordered() throws Exception {
        SharedBench bench = bench();
        bench.members.get(N1).order(RestoreMode.OVERWRITE);
        return bench;
    }

    /** The steps that one member takes in a restore where all goes well. */
    private int stepsOf(NodeAddress address) throws Exception {
        SharedBench bench = ordered();
        Fate counting = Fate.uneventful();
        bench.members.get(address).start(counting);
        bench.rounds(20, backup);
        bench.assertBack("count", backup);
        return counting.begun().size();
    }

    @Test
    void everyMemberBringsItsOwnReplicasBackAndNobodySwapsBeforeAllHaveStaged() throws Exception {
        SharedBench bench = ordered();
        SharedBench.Member n3 = bench.members.get(N3);
        n3.kill();
        for (int round = 0; round < 5; round++) {
            bench.round();
        }
        assertThat(bench.members.get(N1).isNew(ORDERS)).isFalse();
        assertThat(bench.plan().orElseThrow().table(ORDERS).orElseThrow().state())
                .isEqualTo(TableState.STAGING);
        n3.start(Fate.uneventful());
        assertThat(bench.rounds(20, backup)).isLessThan(10);
        bench.assertBack("", backup);
    }

    @Test
    void whereverAMemberDiesTheOthersGoOnWhenItIsBack() throws Exception {
        for (NodeAddress dying : List.of(N1, N2, N3)) {
            int steps = stepsOf(dying);
            assertThat(steps).isGreaterThan(20);
            for (int after = 0; after < steps; after++) {
                String when = dying + " after " + after;
                SharedBench bench = ordered();
                SharedBench.Member member = bench.members.get(dying);
                member.start(Fate.deathAfter(after));
                bench.rounds(8, backup);
                assertThat(member.isAlive()).as(when).isFalse();
                member.start(Fate.uneventful());
                bench.rounds(20, backup);
                bench.assertBack(when, backup);
            }
        }
    }

    @Test
    void whereverTheCoordinatorDiesForGoodTheOthersEndItWithoutIt() throws Exception {
        int steps = stepsOf(N1);
        for (int after = 0; after < steps; after++) {
            String when = "after " + after;
            SharedBench bench = ordered();
            bench.members.get(N1).start(Fate.deathAfter(after));
            bench.rounds(8, backup);
            bench.down(N1);
            bench.rounds(20, backup);
            bench.assertBack(when, backup);
        }
    }

    @Test
    void whateverStepFailsOrLosesItsAnswerIsTakenAgain() throws Exception {
        int steps = stepsOf(N2);
        for (int at = 1; at <= steps; at++) {
            for (Fate fate : List.of(Fate.failureOf(at), Fate.failureAfter(at))) {
                String when = fate.toString();
                SharedBench bench = ordered();
                bench.members.get(N2).start(fate);
                bench.rounds(20, backup);
                boolean failed = bench.members
                                .get(N2)
                                .contents(ORDERS)
                                .equals(bench.members.get(N2).before.get(ORDERS))
                        || !bench.members.get(N2).isNew(USERS);
                if (failed) {
                    // What the host fails with fails the table, for everybody.
                    assertThat(fate.begun().get(at - 1))
                            .as(when)
                            .doesNotContain("plan")
                            .doesNotContain("-b1");
                    bench.assertNothingLeft(when);
                } else {
                    bench.assertBack(when, backup);
                }
            }
        }
    }

    @Test
    void aTableThatIsCorruptForOneFailsForAllAndTheOtherComesBack() throws Exception {
        ObjectName archive = new ObjectName("shard-0-users-b1.tar.zst");
        byte[] content = place.read(archive).orElseThrow().readAllBytes();
        SharedBench bench = ordered();
        content[content.length / 2] ^= 1;
        place.replace(archive, content);
        bench.round();
        SharedTable users = bench.plan().orElseThrow().table(USERS).orElseThrow();
        assertThat(users.state()).isEqualTo(TableState.FAILED);
        assertThat(users.error().orElseThrow()).startsWith("member n2: ");
        bench.rounds(20, backup);
        bench.assertOld("corrupt", USERS);
        assertThat(bench.members.get(N3).isNew(ORDERS)).isTrue();
        bench.assertNothingLeft("corrupt");
    }

    @Test
    void aMemberWithoutSpaceFailsTheTableForAll() throws Exception {
        SharedBench bench = ordered();
        bench.members.get(N3).tables.usableBytes(3);
        bench.rounds(20, backup);
        bench.assertOld("no space", ORDERS);
        bench.assertOld("no space", USERS);
        bench.assertNothingLeft("no space");
    }

    @Test
    void aTableWaitsForAMemberThatIsAwayUntilThatIsNoMemberAnyMore() throws Exception {
        SharedBench bench = ordered();
        bench.members.get(N3).kill();
        assertThat(bench.rounds(10, backup)).isEqualTo(10);
        bench.assertOld("waits", ORDERS);
        bench.down(N3);
        bench.rounds(20, backup);
        bench.assertBack("without n3", backup);
    }

    @Test
    void aReplicaThatIsToBeElsewhereIsWaitedForThere() throws Exception {
        SharedBench bench = ordered();
        bench.members.get(N3).kill();
        bench.rounds(3, backup);
        bench.replicas.get(USERS).put(0, Set.of(N1, N2));
        bench.replicas.get(ORDERS).put(0, Set.of(N1, N2));
        bench.down(N3);
        bench.rounds(20, backup);
        bench.assertBack("moved", backup);
        assertThat(bench.members.get(N1).isNew(USERS)).isTrue();
    }

    @Test
    void whenEverItIsCalledOffEachTableIsOldOnAllOrNewOnAll() throws Exception {
        for (int rounds = 0; rounds < 8; rounds++) {
            SharedBench bench = ordered();
            for (int round = 0; round < rounds; round++) {
                // One of them is slow, so that there are states in between.
                bench.members.get(round % 2 == 0 ? N1 : N2).look();
                bench.members.get(N3).look();
            }
            new SharedPlans(bench.plans).callOff(RESTORE, "canceled");
            bench.rounds(20, backup);
            bench.assertNothingLeft("after " + rounds);
            for (TableName table : List.of(ORDERS, USERS)) {
                Set<Boolean> isNew = new HashSet<>();
                for (SharedBench.Member member : bench.members.values()) {
                    if (member.takesPart(table)) {
                        isNew.add(member.isNew(table));
                    }
                }
                assertThat(isNew).as(table + " after " + rounds).hasSize(1);
            }
        }
    }

    @Test
    void aTableThatIsLiveStaysLiveWhateverIsCalledOff() throws Exception {
        SharedBench bench = ordered();
        while (bench.plan().orElseThrow().table(ORDERS).orElseThrow().state() != TableState.LIVE) {
            bench.members.values().forEach(SharedBench.Member::look);
        }
        new SharedPlans(bench.plans).callOff(RESTORE, "canceled");
        bench.rounds(20, backup);
        assertThat(bench.members.get(N1).isNew(ORDERS)).isTrue();
        assertThat(bench.members.get(N3).isNew(ORDERS)).isTrue();
        bench.assertNothingLeft("live");
    }

    @Test
    void aMemberAnswersAsRestoringUntilItsOwnSwap() throws Exception {
        SharedBench bench = ordered();
        SharedBench.Member n3 = bench.members.get(N3);
        SharedBench.Member n2 = bench.members.get(N2);
        n3.look();
        assertThat(n3.away.get(RESTORE)).containsExactly(USERS); // orders is there, as it was
        for (int look = 0; look < 4; look++) {
            bench.members.get(N1).look();
            n2.look();
        }
        assertThat(n2.away.get(RESTORE)).isEmpty();
        n3.tables.steps(new Steps() {
            @Override
            public void before(String step) throws IOException {
                if (step.equals("commit")) {
                    throw new IOException("not yet");
                }
            }
        });
        n3.look();
        assertThat(n3.away.get(RESTORE)).containsExactlyInAnyOrder(ORDERS, USERS);
        n3.start(Fate.uneventful());
        bench.rounds(20, backup);
        bench.assertBack("", backup);
    }

    @Test
    void whatAHostHasLostBetweenStagingAndSwapIsFetchedAgain() throws Exception {
        SharedBench bench = ordered();
        bench.members.values().forEach(SharedBench.Member::look);
        SharedBench.Member n2 = bench.members.get(N2);
        n2.kill();
        n2.tables.abort(RESTORE, ORDERS);
        for (int look = 0; look < 3; look++) {
            bench.members.get(N1).look();
            bench.members.get(N3).look();
        }
        assertThat(bench.members.get(N1).isNew(ORDERS)).isTrue();
        n2.start(Fate.uneventful());
        bench.rounds(20, backup);
        bench.assertBack("lost", backup);
    }

    @Test
    void aBackupThatVanishesOnceAllHaveStagedIsBroughtBackAllTheSame() throws Exception {
        MemoryStore gone = new MemoryStore();
        backup = RestoreBench.backUp(gone, directory.resolve("gone"), ManifestSignature.NONE);
        SharedBench bench = new SharedBench(gone, directory.resolve("cluster-gone"));
        bench.members.get(N1).order(RestoreMode.OVERWRITE);
        bench.members.values().forEach(SharedBench.Member::look);
        gone.delete(new ObjectName("b1-cluster-metadata.json"));
        bench.rounds(20, backup);
        bench.assertBack("vanished", backup);
    }

    @Test
    void aTableThatExistsOnAnyMemberIsNotReplacedUnlessAskedFor() throws Exception {
        SharedBench bench = bench();
        for (SharedBench.Member member : bench.members.values()) {
            member.tables.remove(ORDERS);
        }
        bench.members.get(N1).order(RestoreMode.FAIL_IF_EXISTS);
        bench.members.get(N3).tables.put("orders", Map.of("0/log", "made meanwhile"));
        while (bench.plan().isPresent()) {
            bench.round();
        }
        assertThat(bench.members.get(N3).contents(ORDERS)).containsValue("made meanwhile");
        assertThat(bench.members.get(N1).contents(ORDERS)).isEmpty();
    }

    @Test
    void ofTwoRestoresOfOneTableThatAreOrderedAtOnceAtMostOneIsCarriedOut() throws Exception {
        SharedBench bench = bench();
        MemoryStore slow = place.elsewhere();
        slow.hook(new MemoryStore.Hook() {
            private boolean once;

            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.READ && !once) {
                    once = true;
                    try {
                        bench.members.get(N2).order(RestoreMode.OVERWRITE);
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                }
            }
        });
        SharedBench.Member n1 = bench.members.get(N1);
        RestoreSite site = RestoreBench.site(n1.tables, bench.plans, ManifestSignature.NONE, 1);
        RestorePlan plan = new RestoreCheck(site, place)
                .plan(new RestoreId("r-2"), RestoreBench.request(RestoreMode.OVERWRITE), Rehearsal.METADATA);
        assertThatThrownBy(() -> new SharedOrder(site, n1).record(plan, slow))
                .isInstanceOf(RefusedException.class)
                .hasMessage("table: 'orders' (expected: one that is not being restored)");
        assertThat(bench.plans.list()).extracting(stored -> stored.restore()).containsExactly(RESTORE);
        bench.rounds(20, backup);
        bench.assertBack("one of two", backup);
    }

    @Test
    void aDraftIsCarriedOutByNobodyAndGoesWithItsCoordinator() throws Exception {
        SharedBench bench = bench();
        RestorePlan plan = new RestorePlan(
                RESTORE,
                new BackupId("b1"),
                "memory",
                "token",
                true,
                List.of(new PlannedTable(ORDERS, ORDERS, TableState.STAGING, Optional.empty(), Set.of())));
        SharedPlans plans = new SharedPlans(bench.plans);
        plans.create(SharedPlan.draft(plan, N3, Map.of(ORDERS, Set.of(0, 1))));
        bench.members.get(N3).kill();
        assertThat(bench.rounds(5, backup)).isEqualTo(5);
        bench.assertOld("draft", ORDERS);
        bench.members.get(N3).start(Fate.uneventful());
        assertThat(bench.rounds(5, backup)).isEqualTo(1);
        bench.assertNothingLeft("draft");
    }

    @Test
    void aBackupOfOtherShardsIsRefused() throws Exception {
        SharedBench bench = bench();
        bench.replicas.get(ORDERS).put(2, Set.of(N1));
        assertThatThrownBy(() -> bench.members.get(N1).order(RestoreMode.OVERWRITE))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has the shards [0, 1] in the backup (expected: [0, 1, 2]");
        assertThat(bench.plans.list()).isEmpty();
    }

    @Test
    void aPlanComesBackAsItWasWrittenAndANodeAloneCanReadWhatItIsAt() throws Exception {
        SharedBench bench = ordered();
        bench.members.get(N1).look();
        SharedPlan plan = bench.plan().orElseThrow();
        assertThat(SharedPlan.decode(plan.encode())).isEqualTo(plan);
        assertThat(RestorePlan.decode(plan.encode()).tables())
                .extracting(PlannedTable::target)
                .containsExactly(ORDERS, USERS);
    }
}
