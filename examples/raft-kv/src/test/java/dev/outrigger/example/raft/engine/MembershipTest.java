package dev.outrigger.example.raft.engine;

import static dev.outrigger.example.raft.engine.TestCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.raft.store.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come and go for good. */
class MembershipTest {

    @TempDir
    Path directory;

    @Test
    void aNodeThatJoinsHasAllThatWasWrittenBefore() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            for (int i = 0; i < 40; i++) {
                cluster.node("n1").keys().set(bytes("k" + i), bytes("v"), SetCondition.ALWAYS);
            }
            MemberAddress self = TestCluster.address("n4");

            Engine joined = cluster.join(self);

            awaitMember(cluster, "n4", MemberState.UP, 3);
            assertThat(joined.divisions())
                    .allSatisfy(view -> assertThat(view.replicas())
                            .extracting(ReplicaView::node)
                            .containsExactly("n1", "n2", "n3", "n4"));
            assertThat(joined.keys().countKeys(0) + joined.keys().countKeys(1)).isEqualTo(40);
            cluster.stop("n4");
            cluster.join(self);
            awaitMember(cluster, "n4", MemberState.UP, 3);
            cluster.awaitLeaders();
            assertThat(cluster.node("n4").keys().get(bytes("k1"))).hasValue(bytes("v"));
        }
    }

    @Test
    void aNodeThatLeavesIsInNoGroupAndHandsOverWhatItLed() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            awaitMember(cluster, "n3", MemberState.UP, 3);
            cluster.node("n1").keys().set(bytes("k"), bytes("v"), SetCondition.ALWAYS);
            Engine leaver = cluster.leaderOf(GroupName.METADATA);
            String id = leaver.membership().self();

            leaver.membership().leave();
            leaver.membership().leave();
            cluster.stop(id);

            cluster.awaitLeaders();
            await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
                for (Engine engine : cluster.nodes()) {
                    assertThat(engine.membership().members())
                            .extracting(member -> member.address().id())
                            .hasSize(2)
                            .doesNotContain(id);
                    assertThat(engine.divisions())
                            .allSatisfy(view -> assertThat(view.replicas()).hasSize(2));
                }
            });
            assertThat(cluster.nodes().get(0).keys().get(bytes("k"))).hasValue(bytes("v"));
            assertThat(Files.exists(cluster.directoryOf(id).resolve("shards/0/CURRENT")))
                    .isFalse();
            assertThatThrownBy(() -> cluster.start(id)).hasMessageContaining("has left the cluster");
            cluster.stop(id);
            cluster.join(cluster.founder(id));
            awaitMember(cluster, id, MemberState.UP, 3);
            assertThat(cluster.node(id).keys().get(bytes("k"))).hasValue(bytes("v"));
        }
    }

    @Test
    void aNodeThatWasDeclaredDeadIsTakenOutAndComesBackAsAnotherOne() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            awaitMember(cluster, "n3", MemberState.UP, 3);
            long uid = cluster.node("n3").membership().uid();
            cluster.stop("n3");
            cluster.awaitLeaders();

            cluster.node("n1").membership().down("n3");
            cluster.node("n1").membership().down("n3");

            awaitMember(cluster, "n3", MemberState.DOWN, 0);
            await().atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.nodes())
                            .allSatisfy(engine -> assertThat(engine.divisions())
                                    .allSatisfy(
                                            view -> assertThat(view.replicas()).hasSize(2))));
            cluster.node("n2").keys().set(bytes("k"), bytes("v"), SetCondition.ALWAYS);
            cluster.join(cluster.founder("n3"));
            awaitMember(cluster, "n3", MemberState.UP, 3);
            assertThat(cluster.node("n3").membership().uid()).isNotEqualTo(uid);
            assertThat(cluster.node("n3").keys().get(bytes("k"))).hasValue(bytes("v"));
        }
    }

    @Test
    void theLastMemberStays() throws IOException {
        MemberAddress self = TestCluster.address("n1");
        try (Engine engine = new Engine(
                EngineSettings.builder(self, List.of(self), directory).build())) {
            engine.start();
            await().atMost(TestCluster.PATIENCE)
                    .until(() -> engine.membership().members().size() == 1);

            assertThatThrownBy(() -> engine.membership().leave())
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        }
        Directories.delete(directory.resolve("raft"));
    }

    @Test
    void nobodyIsDeclaredDeadWhoIsNoOther() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            Membership membership = cluster.node("n1").membership();

            assertThatThrownBy(() -> membership.down("n1")).hasMessage("node: n1 (expected: another one)");
            assertThatThrownBy(() -> membership.down("n9")).hasMessage("node: not known (expected: a member)");
        }
    }

    @Test
    void aChangeOfLeaderIsTold() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            Engine leader = cluster.leaderOf(GroupName.METADATA);
            Engine other = cluster.followerOf(GroupName.METADATA);
            AtomicInteger told = new AtomicInteger();
            other.onChange(told::incrementAndGet);

            cluster.stop(leader.membership().self());

            await().atMost(TestCluster.PATIENCE).until(() -> told.get() > 0);
        }
    }

    private static void awaitMember(TestCluster cluster, String id, MemberState state, int groups) {
        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(cluster.nodes())
                        .allSatisfy(engine -> assertThat(engine.membership().members())
                                .filteredOn(member -> member.address().id().equals(id))
                                .singleElement()
                                .satisfies(member -> {
                                    assertThat(member.state()).isEqualTo(state);
                                    assertThat(member.groups()).isEqualTo(groups);
                                })));
    }
}
