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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that end and come back. */
class RestartTest {

    private static final GroupName SHARD = GroupName.ofShard(0);
    private static final String IN_SHARD_0 = "{b}"; // a tag whose slot is one of the first half

    @TempDir
    Path directory;

    @Test
    void everyThingIsThereAfterAllNodesHaveBeenStopped() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            for (int i = 0; i < 50; i++) {
                cluster.node("n1").keys().set(bytes("k" + i), bytes("v" + i), SetCondition.ALWAYS);
            }
            cluster.node("n1").keys().delete(List.of(bytes("k0")));
            Register register = cluster.node("n2")
                    .metadata()
                    .compareAndSet("plan", Register.ABSENT, bytes("p"))
                    .orElseThrow();
            List.of("n1", "n2", "n3").forEach(cluster::stop);
            List.of("n1", "n2", "n3").forEach(cluster::start);
            cluster.awaitLeaders();

            ClusterKeys keys = cluster.node("n3").keys();
            assertThat(keys.get(bytes("k0"))).isEmpty();
            for (int i = 1; i < 50; i++) {
                assertThat(keys.get(bytes("k" + i))).hasValue(bytes("v" + i));
            }
            Register read = cluster.node("n1").metadata().read("plan").orElseThrow();
            assertThat(read.version()).isEqualTo(register.version());
        }
    }

    @Test
    void aClusterGoesOnWithoutOneNodeAndTheNodeCatchesUp() {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            String leader = cluster.leaderOf(SHARD).membership().self();
            cluster.stop(leader);

            Engine other = cluster.nodes().get(0);
            assertThat(other.keys().set(bytes(IN_SHARD_0 + "while"), bytes("away"), SetCondition.ALWAYS))
                    .isTrue();
            assertThat(other.keys().get(bytes(IN_SHARD_0 + "while"))).hasValue(bytes("away"));

            Engine back = cluster.start(leader);
            awaitEqual(cluster, other, back);
        }
    }

    @Test
    void aNodeThatWasAwayForLongGetsASnapshot() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(
                directory,
                builder -> builder.snapshotThreshold(200).segmentBytes(64 << 10).callTimeout(Duration.ofSeconds(20)))) {
            cluster.stop("n3");
            Engine writer = cluster.nodes().get(0);
            byte[] value = new byte[4096];
            new Random(1).nextBytes(value);
            for (int i = 0; i < 900; i++) {
                writer.keys().set(bytes(IN_SHARD_0 + i), value, SetCondition.ALWAYS);
            }
            assertThat(logOf(cluster, "n1")).as("what is left of the log").noneMatch(name -> name.startsWith("log_0-"));
            Path snapshots = cluster.directoryOf("n3").resolve("shards/0/snapshots");
            assertThat(Directories.list(snapshots)).isEmpty();

            Engine back = cluster.start("n3");

            awaitEqual(cluster, writer, back);
            assertThat(Directories.list(snapshots)).as("what was sent").isNotEmpty();
            assertThat(back.keys().countKeys(0)).isEqualTo(900);
            cluster.stop("n3");
            back = cluster.start("n3");
            awaitEqual(cluster, writer, back);
            assertThat(here(back, IN_SHARD_0 + 899)).isEqualTo(value);
            assertThat(here(back, IN_SHARD_0 + 0)).isEqualTo(value);
        }
    }

    @Test
    void withoutAMajorityACallEndsInTime() {
        try (TestCluster cluster =
                TestCluster.ofThree(directory, builder -> builder.callTimeout(Duration.ofSeconds(3)))) {
            cluster.node("n1").keys().set(bytes("k"), bytes("v"), SetCondition.ALWAYS);
            cluster.stop("n2");
            cluster.stop("n3");
            ClusterKeys keys = cluster.node("n1").keys();

            assertThatThrownBy(() -> keys.set(bytes("k"), bytes("w"), SetCondition.ALWAYS))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.reason()).isIn(Reason.SHARD_UNAVAILABLE, Reason.UNCERTAIN));
            await().atMost(TestCluster.PATIENCE)
                    .until(() -> cluster.node("n1").divisions().stream()
                            .noneMatch(view -> view.leader().isPresent()));
            assertThatThrownBy(() -> keys.get(bytes("k")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SHARD_UNAVAILABLE));
            assertThatThrownBy(() -> keys.set(bytes("k"), bytes("w"), SetCondition.ALWAYS))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SHARD_UNAVAILABLE));
            assertThat(cluster.node("n1").divisions()).hasSize(3);
        }
    }

    @Test
    void noThreadIsLeftOfAnEngineThatWasClosed() {
        TestCluster cluster = TestCluster.ofThree(directory);
        cluster.node("n1").keys().set(bytes("k"), bytes("v"), SetCondition.ALWAYS);

        cluster.close();
        cluster.close();

        await().atMost(TestCluster.PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("outrigger-raft") || name.matches("n[123][@-].*")));
    }

    /** Waits until a replica has applied what the other has committed. */
    private static void awaitEqual(TestCluster cluster, Engine known, Engine back) {
        await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            cluster.awaitLeaders();
            for (GroupName group : List.of(GroupName.METADATA, SHARD, GroupName.ofShard(1))) {
                DivisionView view = TestCluster.view(back, group);
                assertThat(view.state()).isEqualTo(DivisionState.SERVING);
                assertThat(view.appliedIndex())
                        .isGreaterThanOrEqualTo(TestCluster.view(known, group).commitIndex());
            }
        });
    }

    private static List<String> logOf(TestCluster cluster, String node) throws IOException {
        Path log = cluster.directoryOf(node)
                .resolve("raft")
                .resolve(RaftIds.group(SHARD).getUuid().toString())
                .resolve("current");
        return Directories.list(log).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }

    /** Reads a key out of this node's replica, whatever the others say. */
    private byte[] here(Engine engine, String key) throws IOException {
        Path copy = directory.resolve("copy-" + Integer.toHexString(key.hashCode()));
        engine.shard(0).checkpoint(copy);
        try {
            return Checkpoints.get(copy, bytes(key)).orElseThrow();
        } finally {
            Directories.delete(copy);
        }
    }
}
