package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The member that leads is cut off from the others while clients write at all three: what they see must still be one store. */
class PartitionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void theMinorityServesNothingAndLivesAndTheMajorityGoesOn() throws Exception {
        try (ClusterProcesses cluster = ClusterProcesses.ofThreeLinked(directory)) {
            List<Integer> ports = cluster.names().stream().map(cluster::resp).toList();
            String alone = cluster.leader("n1");
            List<String> others =
                    cluster.names().stream().filter(name -> !name.equals(alone)).toList();
            WritingClients clients = WritingClients.start(ports, 6);
            await().until(() -> clients.answered() > 500);
            cluster.links().isolate(alone);
            long cut = System.nanoTime();
            for (String node : others) {
                await(node + " names " + alone)
                        .atMost(Duration.ofSeconds(10)) // 5 where the machine is not busy with other things
                        .until(() -> Http.get(cluster.ops(node), "/health/cluster")
                                .body()
                                .matches(".*\"name\":\"" + alone + "\"[^}]*\"status\":\"offline\".*"));
            }
            long named = (System.nanoTime() - cut) / 1_000_000;

            await(alone + " alone").atMost(PATIENCE).untilAsserted(() -> {
                assertThat(Http.status(cluster.ops(alone), "/ready")).isEqualTo(503);
                assertThat(Http.get(cluster.ops(alone), "/cluster/members").body())
                        .containsPattern("\"" + others.get(0) + "\",\"status\":\"unreachable\"")
                        .containsPattern("\"" + others.get(1) + "\",\"status\":\"unreachable\"");
                assertThat(Http.get(cluster.ops(alone), "/health?shard_status=unavailable")
                                .body())
                        .containsPattern("(\"status\":\"unavailable\".*){4}");
            });
            assertThat(Http.status(cluster.ops(alone), "/health")).isEqualTo(200);
            assertThat(RespConnection.askOnce(cluster.resp(alone), "GET key-1")).startsWith("-CLUSTERDOWN ");
            assertThat(RespConnection.askOnce(cluster.resp(alone), "SET key-x v"))
                    .matches("-(CLUSTERDOWN|TRYAGAIN) .*");
            for (String node : others) {
                await(node).atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(Http.status(cluster.ops(node), "/ready")).isEqualTo(200);
                    assertThat(Http.get(cluster.ops(node), "/cluster/members").body())
                            .contains("\"address\":\"" + alone + "\",\"status\":\"unreachable\"");
                });
                assertThat(RespConnection.askOnce(cluster.resp(node), "SET key-y v"))
                        .isEqualTo("+OK");
            }

            cluster.links().mend();
            cluster.awaitReady(alone);
            assertThat(RespConnection.askOnce(cluster.resp(alone), "GET key-y")).isEqualTo("v");
            assertThat(clients.keysThatDoNotHold()).isEmpty();
            System.out.printf(
                    "partition: named after %d ms, %d operations, %d refused, slowest answer %d ms%n",
                    named,
                    clients.answered(),
                    clients.refusals().size(),
                    clients.longest().toMillis());
        }
    }
}
