package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node after another is stopped and started while clients come in through HAProxy, and restart-safety says when. */
class RollingRestartTest {

    @TempDir
    private Path directory;

    @Test
    void noWriteIsLostAndNoClientRefused() throws Exception {
        String benchmark = Programs.path("redis-benchmark");
        try (ClusterProcesses cluster = ClusterProcesses.ofThree(directory, "--drain-seconds=2");
                Haproxy haproxy = Haproxy.start(directory, cluster);
                Running load = Running.start(directory, "benchmark", load(benchmark, haproxy.port()));
                WritingClients clients = WritingClients.start(List.of(haproxy.port()), 6)) {
            for (String node : cluster.names()) {
                await("leave to stop " + node)
                        .atMost(ClusterProcesses.PATIENCE)
                        .until(() -> Http.status(cluster.ops(node), "/cluster/restart-safety") == 200);
                long before = clients.answered();
                assertThat(cluster.stop(node)).as(cluster.log(node)).isEqualTo(143);
                assertThat(load.end()).as(load.output()).isEmpty();
                await("service without " + node)
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> clients.answered() > before + 100);
                cluster.start(node);
                cluster.awaitReady(node);
                haproxy.awaitStatus(node, "UP");
            }
            assertThat(load.end()).as(load.output()).isEmpty();
            assertThat(load.output()).doesNotContain("Error", "Could not connect");

            assertThat(clients.keysThatDoNotHold()).isEmpty();
            assertThat(clients.refusals()).isEmpty();
            System.out.printf(
                    "rolling restart: %d operations, %d connections moved, slowest answer %d ms%n",
                    clients.answered(),
                    clients.brokenConnections(),
                    clients.longest().toMillis());
        }
    }

    /** Without keep-alive, since it takes a connection that a node closes between two requests for a failure. */
    private static List<String> load(String benchmark, int port) {
        return List.of(
                benchmark,
                "-p",
                String.valueOf(port),
                "-t",
                "set,get",
                "-k",
                "0",
                "-c",
                "4",
                "-n",
                "100000000",
                "-r",
                "10000",
                "-q");
    }
}
