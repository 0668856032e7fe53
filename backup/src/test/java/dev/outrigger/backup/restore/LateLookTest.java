package dev.outrigger.backup.restore;

import static dev.outrigger.backup.restore.SharedBench.N1;
import static dev.outrigger.backup.restore.SharedBench.N2;
import static dev.outrigger.backup.restore.SharedBench.N3;
import static dev.outrigger.backup.restore.SharedBench.ORDERS;
import static dev.outrigger.backup.restore.SharedBench.RESTORE;
import static dev.outrigger.backup.restore.SharedBench.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose knowledge is old by the time it acts on it. */
class LateLookTest {

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private Map<TableName, Map<String, String>> backup;
    private SharedBench bench;

    @BeforeEach
    void order() throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
        bench = new SharedBench(place, directory.resolve("cluster"));
        bench.members.get(N1).order(RestoreMode.OVERWRITE);
    }

    private void doAllWork() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private SharedTable orders() {
        try {
            return bench.plan().orElseThrow().table(ORDERS).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasStagedAfterAMemberHadLookedIsNotStagedOnceMore() throws Exception {
        SharedBench.Member n1 = bench.members.get(N1);
        Fate fate = Fate.uneventful();
        n1.start(fate, work::add);
        n1.look();
        n1.onceListed = this::doAllWork;
        n1.look();
        assertThat(orders().part(N1).staged()).containsExactlyInAnyOrder(0, 1);
        assertThat(work).as("what it begins, as it does not know that").isNotEmpty();
        n1.onceListed = () -> {};
        bench.members.get(N2).look();
        bench.members.get(N3).look();
        bench.members.get(N2).look();
        bench.members.get(N3).look();
        assertThat(orders().state()).as("a member may swap at any moment").isEqualTo(TableState.LIVE);
        int before = fate.begun().size();
        doAllWork();
        assertThat(fate.begun().subList(before, fate.begun().size())).containsOnly("read plan");
        n1.start(Fate.uneventful(), Runnable::run);
        bench.rounds(20, backup);
        bench.assertBack("", backup);
    }

    @Test
    void whatWasPutInPlaceAfterAMemberHadLookedIsNotPutThereOnceMore() throws Exception {
        SharedBench.Member n1 = bench.members.get(N1);
        while (orders().state() != TableState.LIVE) {
            bench.members.values().forEach(SharedBench.Member::look);
        }
        Fate fate = Fate.uneventful();
        n1.start(fate, work::add);
        n1.look();
        n1.onceListed = this::doAllWork;
        n1.look();
        assertThat(orders().part(N1).swapped()).isTrue();
        n1.tables.put("orders", Map.of("0/log", "of a later restore"));
        n1.onceListed = () -> {};
        doAllWork();
        assertThat(n1.contents(ORDERS)).containsValue("of a later restore");
    }

    @Test
    void whatIsRecordedAndLostIsRecordedNoMoreBeforeItIsFetchedAgain() throws Exception {
        SharedBench.Member n2 = bench.members.get(N2);
        n2.look();
        assertThat(orders().part(N2).staged()).containsExactlyInAnyOrder(0, 1);
        n2.kill();
        n2.tables.abort(RESTORE, ORDERS);
        n2.start(Fate.uneventful());
        List<Set<Integer>> recorded = new ArrayList<>();
        n2.onFetch = () -> recorded.add(orders().part(N2).staged());
        n2.look();
        assertThat(recorded).hasSize(2).containsOnly(Set.of());
        assertThat(orders().part(N2).staged()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aMemberOfWhichOneHasNotBeenToldIsWaitedForAllTheSame() throws Exception {
        SharedBench.Member n1 = bench.members.get(N1);
        SharedBench.Member n2 = bench.members.get(N2);
        Set<NodeAddress> others = Set.of(N2, N3);
        n1.unknown.addAll(others);
        n2.unknown.add(N1);
        bench.members.values().forEach(SharedBench.Member::look);
        bench.members.get(N3).kill();
        for (int look = 0; look < 5; look++) {
            n1.look();
            n2.look();
        }
        SharedPlan plan = bench.plan().orElseThrow();
        assertThat(plan.outcome()).extracting(RestoredTable::name).containsExactly(ORDERS, USERS);
        assertThat(plan.table(USERS).orElseThrow().awaits(N3)).isTrue();
        assertThat(SharedProgress.of(plan, n1).isDone()).isFalse();
        bench.members.get(N3).start(Fate.uneventful());
        bench.members.get(N3).look();
        assertThat(SharedProgress.of(bench.plan().orElseThrow(), n1).isDone()).isTrue();
        bench.rounds(20, backup);
        bench.assertBack("", backup);
    }
}
