package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes are killed at random moments under load, and started again. Three times, or as often as the environment variable {@code
 * OUTRIGGER_RAFT_KILLS} says.
 */
class KilledNodesTest {

    private static final int KILLS = Optional.ofNullable(System.getenv("OUTRIGGER_RAFT_KILLS"))
            .map(Integer::parseInt)
            .orElse(3);

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAndTheOthersSayHowTheyAre() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory)) {
            List<Integer> ports = cluster.names().stream().map(cluster::resp).toList();
            WritingClients clients = WritingClients.start(ports, 6);
            for (int i = 0; i < KILLS; i++) {
                String victim = "n" + (1 + random.nextInt(3));
                pass(clients, random.nextInt(800));
                try (LivenessWatch others = LivenessWatch.start(opsPortsBut(cluster, victim))) {
                    cluster.kill(victim);
                    checkOthers(cluster, victim, clients);
                    cluster.start(victim);
                    cluster.awaitReady(victim);
                    assertThat(others.objections()).as("seed %d", seed).isEmpty();
                }
            }
            assertThat(clients.keysThatDoNotHold()).as("seed %d", seed).isEmpty();
            assertThat(clients.refusals()).allMatch(KilledNodesTest::isPlain);
            System.out.printf(
                    "%d kills: %d operations, %d connections broken, %d refused, slowest answer %d ms%n",
                    KILLS,
                    clients.answered(),
                    clients.brokenConnections(),
                    clients.refusals().size(),
                    clients.longest().toMillis());
        }
    }

    private static List<Integer> opsPortsBut(ClusterProcesses cluster, String victim) {
        return cluster.names().stream()
                .filter(name -> !name.equals(victim))
                .map(cluster::ops)
                .toList();
    }

    /** The others live through it all, and serve again when each shard has a leader. */
    private static void checkOthers(ClusterProcesses cluster, String victim, WritingClients clients) {
        long before = clients.answered();
        List<String> others =
                cluster.names().stream().filter(name -> !name.equals(victim)).toList();
        for (String node : others) {
            await(node + " without " + victim).atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(Http.status(cluster.ops(node), "/health")).isEqualTo(200);
                assertThat(Http.status(cluster.ops(node), "/ready")).isEqualTo(200);
                assertThat(Http.get(cluster.ops(node), "/health/cluster").body())
                        .containsPattern("\"name\":\"" + victim + "\"[^}]*\"status\":\"offline\"");
                assertThat(Http.get(cluster.ops(node), "/cluster/members").body())
                        .contains("\"address\":\"" + victim + "\",\"status\":\"unreachable\"");
                assertThat(Http.get(cluster.ops(node), "/metrics").body())
                        .contains("outrigger_peer_up{peer=\"" + victim + "\"} 0");
            });
        }
        await("service without " + victim).atMost(Duration.ofSeconds(30)).until(() -> clients.answered() > before + 50);
    }

    /** Waits for some operations, which take another time each run. */
    private static void pass(WritingClients clients, int operations) {
        long begin = clients.answered();
        await("operations")
                .atMost(ClusterProcesses.PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> clients.answered() >= begin + operations);
    }

    private static boolean isPlain(String refusal) {
        return refusal.startsWith("-TRYAGAIN ")
                || refusal.startsWith("-CLUSTERDOWN ")
                || refusal.startsWith("-LOADING ");
    }
}
