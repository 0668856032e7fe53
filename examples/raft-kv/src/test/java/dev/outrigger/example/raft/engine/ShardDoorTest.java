package dev.outrigger.example.raft.engine;

import static dev.outrigger.example.raft.engine.TestCluster.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.raft.store.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a shard, and its replacement through its log. */
class ShardDoorTest {

    private static final GroupName SHARD = GroupName.ofShard(0);
    private static final RestoreId RESTORE = new RestoreId("r-1");
    private static final byte[] OLD = bytes("{b}old");
    private static final byte[] NEW = bytes("{b}new");

    @TempDir
    Path directory;

    @Test
    void aCheckpointOnAnyNodeHasEveryWriteThatWasAcknowledged() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            for (int i = 0; i < 20; i++) {
                byte[] key = bytes("{b}" + i);
                cluster.nodes().get(i % 3).keys().set(key, bytes("v" + i), SetCondition.ALWAYS);
                Engine other = cluster.nodes().get((i + 1) % 3);
                Path place = directory.resolve("checkpoint-" + i);

                ShardCheckpoint made = other.shard(0).checkpoint(place);

                assertThat(made.index()).isGreaterThan(0);
                assertThat(made.directory()).isEqualTo(place);
                assertThat(Checkpoints.get(place, key)).hasValue(bytes("v" + i));
            }
        }
    }

    @Test
    void whatIsStagedEverywhereReplacesTheShardBetweenTwoWrites() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            ClusterKeys keys = cluster.node("n1").keys();
            keys.set(OLD, bytes("1"), SetCondition.ALWAYS);
            stage(cluster.nodes());

            cluster.followerOf(SHARD).shard(0).install(RESTORE, Position.NONE);
            keys.set(bytes("{b}after"), bytes("2"), SetCondition.ALWAYS);
            cluster.leaderOf(SHARD).shard(0).install(RESTORE, Position.NONE);

            assertThat(keys.get(OLD)).isEmpty();
            assertThat(keys.get(NEW)).hasValue(bytes("restored"));
            assertThat(keys.get(bytes("{b}after"))).hasValue(bytes("2"));
            await().atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.nodes())
                            .allSatisfy(engine -> assertThat(engine.shard(0).installed())
                                    .first()
                                    .isEqualTo(RESTORE)));
            assertThat(cluster.nodes())
                    .allSatisfy(
                            engine -> assertThat(engine.shard(1).installed()).isEmpty());
        }
    }

    @Test
    void aShardThatWasReplacedStaysSoOverRestartsAndItsStagingGoesWithTheNextSnapshot() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory, builder -> builder.snapshotThreshold(50))) {
            cluster.node("n1").keys().set(OLD, bytes("1"), SetCondition.ALWAYS);
            stage(cluster.nodes());
            cluster.node("n1").shard(0).install(RESTORE, Position.NONE);
            List.of("n1", "n2", "n3").forEach(cluster::stop);
            List.of("n1", "n2", "n3").forEach(cluster::start);
            cluster.awaitLeaders();
            ClusterKeys keys = cluster.node("n2").keys();
            assertThat(keys.get(OLD)).isEmpty();
            assertThat(keys.get(NEW)).hasValue(bytes("restored"));

            for (int i = 0; i < 120; i++) {
                keys.set(bytes("{b}" + i), bytes("v"), SetCondition.ALWAYS);
            }

            await().atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(List.of("n1", "n2", "n3"))
                            .allSatisfy(id -> assertThat(staging(cluster, id)).doesNotExist()));
            assertThat(keys.get(NEW)).hasValue(bytes("restored"));
            assertThat(keys.countKeys(0)).isEqualTo(121);
        }
    }

    @Test
    void aFollowerOnWhichNothingIsStagedIsHealedByTheLeader() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            cluster.node("n1").keys().set(OLD, bytes("1"), SetCondition.ALWAYS);
            Engine bare = cluster.followerOf(SHARD);
            stage(cluster.nodes().stream().filter(engine -> engine != bare).toList());

            cluster.leaderOf(SHARD).shard(0).install(RESTORE, Position.NONE);
            cluster.node("n1").keys().set(bytes("{b}after"), bytes("2"), SetCondition.ALWAYS);

            awaitHealed(cluster, bare);
        }
    }

    @Test
    void aReplicaOnWhichNotAllIsStagedYetIsHealedAsIfThereWereNothing() throws IOException {
        try (TestCluster cluster = TestCluster.ofThree(directory)) {
            cluster.node("n1").keys().set(OLD, bytes("1"), SetCondition.ALWAYS);
            Engine begun = cluster.followerOf(SHARD);
            stage(cluster.nodes().stream().filter(engine -> engine != begun).toList());
            Files.createDirectory(begun.shard(0).staging(RESTORE));

            cluster.leaderOf(SHARD).shard(0).install(RESTORE, Position.NONE);
            cluster.node("n1").keys().set(bytes("{b}after"), bytes("2"), SetCondition.ALWAYS);

            awaitHealed(cluster, begun);
        }
    }

    @Test
    void aLeaderOnWhichNothingIsStagedHandsOverAndIsHealed() throws IOException {
        try (TestCluster cluster =
                TestCluster.ofThree(directory, builder -> builder.callTimeout(Duration.ofSeconds(20)))) {
            cluster.node("n1").keys().set(OLD, bytes("1"), SetCondition.ALWAYS);
            Engine bare = cluster.leaderOf(SHARD);
            stage(cluster.nodes().stream().filter(engine -> engine != bare).toList());

            bare.shard(0).install(RESTORE, Position.NONE);
            cluster.node("n1").keys().set(bytes("{b}after"), bytes("2"), SetCondition.ALWAYS);

            awaitHealed(cluster, bare);
            assertThat(TestCluster.view(bare, SHARD).role()).isEqualTo(DivisionRole.FOLLOWER);
        }
    }

    @Test
    void whereNothingIsStagedAnywhereTheShardWaitsUntilItIs() throws Exception {
        try (TestCluster cluster =
                TestCluster.ofThree(directory, builder -> builder.callTimeout(Duration.ofSeconds(20)))) {
            Thread installer = new Thread(() -> cluster.node("n1").shard(0).install(RESTORE, Position.NONE));
            installer.start();
            await().atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.nodes())
                            .allSatisfy(engine -> assertThat(
                                            TestCluster.view(engine, SHARD).state())
                                    .isEqualTo(DivisionState.HEALING)));
            assertThat(TestCluster.view(cluster.node("n2"), GroupName.ofShard(1))
                            .state())
                    .isEqualTo(DivisionState.SERVING);

            stage(cluster.nodes());

            await().atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.nodes())
                            .allSatisfy(engine -> assertThat(engine.shard(0).installed())
                                    .first()
                                    .isEqualTo(RESTORE)));
            installer.join();
            assertThat(cluster.node("n3").keys().get(NEW)).hasValue(bytes("restored"));
        }
    }

    @Test
    void aReplicaThatWaitsToBeHealedDoesNotKeepItsEngineFromClosing() throws Exception {
        TestCluster cluster = TestCluster.ofThree(directory, builder -> builder.callTimeout(Duration.ofSeconds(2)));
        Thread installer = new Thread(() -> {
            try {
                cluster.node("n1").shard(0).install(RESTORE, Position.NONE);
            } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("shard-0");
            }
        });
        installer.start();
        await().atMost(TestCluster.PATIENCE)
                .until(() -> TestCluster.view(cluster.node("n2"), SHARD).state() == DivisionState.HEALING);
        installer.join();

        cluster.close();

        assertThat(cluster.node("n2").divisions())
                .extracting(DivisionView::state)
                .containsOnly(DivisionState.FAILED);
    }

    private static void stage(List<Engine> engines) throws IOException {
        for (Engine engine : engines) {
            Path place = engine.shard(0).staging(RESTORE);
            Path beside = place.resolveSibling("made-" + engine.membership().self());
            Checkpoints.make(beside, NEW, bytes("restored"));
            Files.move(beside, place);
        }
    }

    private static Path staging(TestCluster cluster, String id) {
        return cluster.directoryOf(id).resolve("shards/0/staging").resolve(RESTORE.value());
    }

    private void awaitHealed(TestCluster cluster, Engine bare) throws IOException {
        await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            assertThat(bare.shard(0).installed()).first().isEqualTo(RESTORE);
            assertThat(TestCluster.view(bare, SHARD).state()).isEqualTo(DivisionState.SERVING);
        });
        Path copy = directory.resolve("copy");
        bare.shard(0).checkpoint(copy);
        assertThat(Checkpoints.get(copy, OLD)).isEmpty();
        assertThat(Checkpoints.get(copy, NEW)).hasValue(bytes("restored"));
        assertThat(Checkpoints.get(copy, bytes("{b}after"))).hasValue(bytes("2"));
        assertThat(cluster.node("n1").keys().get(NEW)).hasValue(bytes("restored"));
    }
}
