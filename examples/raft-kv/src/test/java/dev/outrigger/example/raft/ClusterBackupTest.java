package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.example.raft.store.Directories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All shards of three nodes into one backup, and back. The coordinator and the leader of a shard are killed meanwhile by turns, as
 * often as {@code OUTRIGGER_RAFT_BACKUP_KILLS} says (twice each unless the environment says otherwise).
 */
class ClusterBackupTest {

    private static final int KILLS = Optional.ofNullable(System.getenv("OUTRIGGER_RAFT_BACKUP_KILLS"))
            .map(Integer::parseInt)
            .orElse(2);

    private static final int CLIENTS = 8;

    @TempDir
    private Path directory;

    private BackupClient client(ClusterProcesses cluster) {
        return new BackupClient(cluster, "file://" + directory.resolve("data/backups"));
    }

    @Test
    void whatWasBackedUpUnderLoadComesBackAfterEverythingWasWiped() throws Exception {
        List<Integer> least;
        List<Integer> most;
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory);
                PairWriters writers = PairWriters.start(ports(cluster), CLIENTS)) {
            await().until(() -> writers.acknowledged().stream().allMatch(number -> number > 20));
            least = writers.acknowledged();
            String job = client(cluster).orderBackup("n2", "night");
            assertThat(client(cluster).awaitEnd("n2", job).string("state")).isEqualTo("completed");
            most = writers.begun();
            List<Integer> then = writers.acknowledged();
            await().until(() -> writers.acknowledged().get(0) > then.get(0) + 20);
        }
        for (String node : List.of("n1", "n2", "n3")) {
            Directories.delete(directory.resolve("data").resolve(node));
        }

        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory)) {
            String job = client(cluster).orderRestore("n3", "night");
            assertThat(client(cluster).awaitEnd("n3", job).string("state")).isEqualTo("completed");
            for (int port : ports(cluster)) {
                assertThat(PairWriters.contradictions(port, least, most)).isEmpty();
            }
            cluster.awaitReady();
            assertThat(leftovers(cluster)).isEmpty();
        }
    }

    @Test
    void aBackupWhoseCoordinatorOrLeaderIsKilledIsWholeOrNotThere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory);
                PairWriters writers = PairWriters.start(ports(cluster), CLIENTS)) {
            BackupClient client = client(cluster);
            for (int i = 0; i < KILLS; i++) {
                String id = "b-" + i;
                String victim = victim(cluster, i);
                List<Integer> least = writers.acknowledged();
                String job = client.orderBackup("n1", id);
                pass(writers, random.nextInt(60));
                cluster.kill(victim);
                cluster.start(victim);
                String state = client.awaitEnd("n1", job).string("state");
                List<Integer> most = writers.begun();
                cluster.awaitReady();
                assertThat(client.backups("n2").contains(id))
                        .as("backup %s is there; its job has %s; %s was killed; seed %d", id, state, victim, seed)
                        .isEqualTo(state.equals("completed"));
                if (state.equals("completed")) {
                    assertComplete(cluster, id);
                    // Two clusters and clients that never rest are more than two cores can bear: leaders would come and
                    // go.
                    writers.whileStill(() -> assertWhole(id, least, most));
                }
            }
        }
    }

    /** A table that could not be backed up would leave a backup of the others. */
    private void assertComplete(ClusterProcesses cluster, String id) {
        String manifest = client(cluster).manifest(id);
        if (!manifest.contains("\"status\":\"completed\"") || manifest.contains("\"status\":\"failed\"")) {
            cluster.tell();
        }
        assertThat(manifest).contains("\"status\":\"completed\"").doesNotContain("\"status\":\"failed\"");
    }

    /** Verification reads every byte; whether it is of one moment shows when it is back, in a cluster of its own. */
    private void assertWhole(String id, List<Integer> least, List<Integer> most) throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("restored-" + id));
        try (ClusterProcesses other =
                ClusterProcesses.ofThree(elsewhere, "--backup-root=" + directory.resolve("data/backups"))) {
            BackupClient client = client(other);
            String job = client.orderRestore("n1", id);
            assertThat(client.awaitEnd("n1", job).string("state")).isEqualTo("completed");
            String record = client.record("n1", job);
            assertThat(record).contains("\"status\":\"completed\"");
            for (int port : ports(other)) {
                assertThat(PairWriters.contradictions(port, least, most))
                        .as("%s; out of %s; keys: %s", record, client.manifest(id), counts(other))
                        .isEmpty();
            }
        }
    }

    /** How many keys each node finds in each table, for whoever has to find out what went wrong. */
    private static List<String> counts(ClusterProcesses cluster) {
        return cluster.names().stream()
                .flatMap(node -> Stream.of("lower", "upper")
                        .map(table -> node + " " + table + " "
                                + RespConnection.askOnce(cluster.resp(node), "KV.COUNT " + table)))
                .toList();
    }

    @Test
    void aRestoreDuringWhichANodeIsKilledBringsBackWholeTablesOrNone() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory)) {
            BackupClient client = client(cluster);
            List<Integer> reached = write(cluster, 30);
            String made = client.orderBackup("n1", "good");
            assertThat(client.awaitEnd("n1", made).string("state")).isEqualTo("completed");
            for (int i = 0; i < KILLS; i++) {
                write(cluster, 5 + i);
                String victim = victim(cluster, i);
                String job = client.orderRestore("n1", "good");
                await().pollDelay(Duration.ofMillis(random.nextInt(2_000))).until(() -> true);
                cluster.kill(victim);
                cluster.start(victim);
                String state = client.awaitEnd("n1", job).string("state");
                cluster.awaitReady();
                assertThat(state)
                        .as("the job; %s was killed; seed %d", victim, seed)
                        .isEqualTo("completed");
                for (int port : ports(cluster)) {
                    assertThat(PairWriters.contradictions(port, reached, reached))
                            .as("seed %d", seed)
                            .isEmpty();
                }
                await("nothing is left over")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> leftovers(cluster).isEmpty());
            }
        }
    }

    /** Returns n1, which coordinates, and next time whoever leads the first shard. */
    private static String victim(ClusterProcesses cluster, int turn) {
        return turn % 2 == 0 ? "n1" : cluster.leaderOf(0);
    }

    private static List<Integer> write(ClusterProcesses cluster, int least) {
        PairWriters writers = PairWriters.start(ports(cluster), CLIENTS);
        try {
            await().atMost(ClusterProcesses.PATIENCE)
                    .until(() -> writers.acknowledged().stream().allMatch(number -> number >= least));
        } finally {
            writers.close();
        }
        return writers.acknowledged();
    }

    private static void pass(PairWriters writers, int more) {
        int begin = writers.acknowledged().get(0);
        await().atMost(ClusterProcesses.PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> writers.acknowledged().get(0) >= begin + more);
    }

    private static List<Integer> ports(ClusterProcesses cluster) {
        return cluster.names().stream().map(cluster::resp).toList();
    }

    /** What is staged or was checkpointed for a backup, and nobody needs any more. */
    private static List<Path> leftovers(ClusterProcesses cluster) throws Exception {
        List<Path> found = new ArrayList<>();
        for (String node : cluster.names()) {
            found.addAll(Directories.list(cluster.data(node).resolve("checkpoints")));
            for (Path shard : Directories.list(cluster.data(node).resolve("shards"))) {
                found.addAll(Directories.list(shard.resolve("staging")));
            }
        }
        return found;
    }
}
