package dev.outrigger.example.raft.engine;

import static dev.outrigger.example.raft.engine.TestCluster.bytes;
import static dev.outrigger.example.raft.engine.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.ScanCursor;
import dev.outrigger.example.kv.store.ScanPage;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.SlotRange;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys over three nodes that stay. */
class ClusterKeysTest {

    @TempDir
    static Path directory;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.ofThree(directory);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void clear() {
        cluster.node("n1").keys().clear();
    }

    @Test
    void whatOneNodeHasWrittenEveryNodeReads() {
        for (Engine writer : cluster.nodes()) {
            String key = "key-of-" + writer.membership().self();
            assertThat(writer.keys().set(bytes(key), bytes("v"), SetCondition.ALWAYS))
                    .isTrue();
            for (Engine reader : cluster.nodes()) {
                assertThat(reader.keys().get(bytes(key)))
                        .hasValueSatisfying(value -> assertThat(text(value)).isEqualTo("v"));
            }
        }
    }

    @Test
    void aKeyThatIsNotThereHasNoValueAndAnEmptyValueIsOne() {
        ClusterKeys keys = cluster.node("n2").keys();

        keys.set(bytes("empty"), new byte[0], SetCondition.ALWAYS);

        assertThat(keys.get(bytes("absent"))).isEmpty();
        assertThat(keys.get(bytes("empty"))).hasValue(new byte[0]);
    }

    @Test
    void conditionsHoldWhicheverNodeIsAsked() {
        byte[] key = bytes("condition");

        assertThat(cluster.node("n1").keys().set(key, bytes("1"), SetCondition.IF_PRESENT))
                .isFalse();
        assertThat(cluster.node("n2").keys().set(key, bytes("2"), SetCondition.IF_ABSENT))
                .isTrue();
        assertThat(cluster.node("n3").keys().set(key, bytes("3"), SetCondition.IF_ABSENT))
                .isFalse();
        assertThat(cluster.node("n1").keys().set(key, bytes("4"), SetCondition.IF_PRESENT))
                .isTrue();
        assertThat(cluster.node("n2").keys().get(key)).hasValue(bytes("4"));
    }

    @Test
    void keysOfSeveralShardsAreCountedAndDeletedTogether() {
        ClusterKeys keys = cluster.node("n3").keys();
        List<byte[]> names =
                IntStream.range(0, 20).mapToObj(i -> bytes("k" + i)).toList();
        names.forEach(name -> keys.set(name, name, SetCondition.ALWAYS));
        assertThat(names.stream().map(name -> keys.shardOf(HashSlot.of(name))).distinct())
                .containsExactlyInAnyOrder(0, 1);

        List<byte[]> twice = new ArrayList<>(names);
        twice.add(names.get(0));
        twice.add(bytes("absent"));

        assertThat(keys.count(twice)).isEqualTo(21);
        assertThat(keys.countKeys(0) + keys.countKeys(1)).isEqualTo(20);
        assertThat(keys.delete(twice)).isEqualTo(20);
        assertThat(keys.count(twice)).isZero();
    }

    @Test
    void aScanFindsEveryKeyOnceOverAllShards() {
        ClusterKeys keys = cluster.node("n1").keys();
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "scan-" + i).toList();
        names.forEach(name -> keys.set(bytes(name), bytes("v"), SetCondition.ALWAYS));

        List<String> found = new ArrayList<>();
        ScanCursor cursor = ScanCursor.START;
        do {
            ScanPage page = cluster.node("n2").keys().scan(cursor, 7);
            page.keys().forEach(key -> found.add(text(key)));
            cursor = page.next();
        } while (!cursor.equals(ScanCursor.START));

        assertThat(found).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aScanOfNothingEndsAtOnce() {
        ScanPage page = cluster.node("n2").keys().scan(ScanCursor.START, 10);

        assertThat(page.keys()).isEmpty();
        assertThat(page.next()).isEqualTo(ScanCursor.START);
    }

    @Test
    void aValueOfAMebibyteIsKept() {
        byte[] value = new byte[1 << 20];
        value[value.length - 1] = 7;

        cluster.node("n1").keys().set(bytes("large"), value, SetCondition.ALWAYS);

        assertThat(cluster.node("n2").keys().get(bytes("large"))).hasValue(value);
    }

    @Test
    void shardsDivideAllSlots() {
        ClusterKeys keys = cluster.node("n1").keys();

        assertThat(List.of(keys.slotsOf(0), keys.slotsOf(1)))
                .containsExactly(new SlotRange(0, 511), new SlotRange(512, 1023));
        assertThatThrownBy(() -> keys.slotsOf(2)).hasMessage("shard: 2 (expected: 0 to 1)");
    }

    @Test
    void everyNodeKnowsTheSameLeadersAndAllReplicas() {
        await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            for (int group = 0; group < 3; group++) {
                int index = group;
                List<DivisionView> views = cluster.nodes().stream()
                        .map(engine -> engine.divisions().get(index))
                        .toList();
                assertThat(views)
                        .extracting(DivisionView::leader)
                        .containsOnly(views.get(0).leader());
                assertThat(views)
                        .filteredOn(view -> view.role() == DivisionRole.LEADER)
                        .hasSize(1);
                assertThat(views).allSatisfy(view -> {
                    assertThat(view.state()).isEqualTo(DivisionState.SERVING);
                    assertThat(view.replicas()).extracting(ReplicaView::node).containsExactly("n1", "n2", "n3");
                    assertThat(view.replicas()).allMatch(ReplicaView::reachable);
                });
            }
        });
    }

    @Test
    void theLeaderKnowsHowFarEachReplicaIs() {
        GroupName group = GroupName.ofShard(0);
        Engine leader = cluster.leaderOf(group);
        leader.keys().set(bytes("x"), bytes("v"), SetCondition.ALWAYS);

        await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            DivisionView view = TestCluster.view(leader, group);
            assertThat(view.commitIndex()).isPositive();
            assertThat(view.appliedIndex()).isEqualTo(view.commitIndex());
            assertThat(view.replicas())
                    .allSatisfy(replica ->
                            assertThat(replica.matchIndex().orElseThrow()).isGreaterThanOrEqualTo(view.commitIndex()));
        });
    }

    @Test
    void aCallBeforeTheStartIsToldToWait(@TempDir Path empty) {
        MemberAddress self = TestCluster.address("n9");
        try (Engine engine = new Engine(EngineSettings.builder(self, List.of(self), empty)
                .callTimeout(Duration.ofSeconds(1))
                .build())) {
            assertThatThrownBy(() -> engine.keys().get(bytes("k")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOADING));
            assertThat(engine.divisions()).extracting(DivisionView::state).containsOnly(DivisionState.OPENING);
        }
    }
}
