package dev.outrigger.example.raft;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** HAProxy in front of a cluster, with the example's own configuration on other ports. */
final class Haproxy implements AutoCloseable {

    private final Path directory;
    private final Running program;
    private final int port;

    private Haproxy(Path directory, Running program, int port) {
        this.directory = directory;
        this.program = program;
        this.port = port;
    }

    /** Starts it, and waits until each node of the cluster is up in its eyes. */
    static Haproxy start(Path directory, ClusterProcesses cluster) throws IOException {
        int port = FreePorts.take(1).get(0);
        String configuration =
                Files.readString(Path.of("etc/haproxy.cfg")).replace("127.0.0.1:6100", "127.0.0.1:" + port);
        for (int i = 1; i <= 3; i++) {
            configuration = configuration.replace(
                    "127.0.0.1:600" + i + " port 808" + i,
                    "127.0.0.1:" + cluster.resp("n" + i) + " port " + cluster.ops("n" + i));
        }
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        Path more = Files.writeString(
                directory.resolve("haproxy-stats.cfg"),
                "global\n    stats socket " + directory.resolve("stats.sock") + " mode 600\n    maxconn 2000\n");
        Running program = Running.start(
                directory,
                "haproxy",
                List.of(Programs.path("haproxy"), "-db", "-f", more.toString(), "-f", file.toString()));
        Haproxy haproxy = new Haproxy(directory, program, port);
        for (int i = 1; i <= 3; i++) {
            haproxy.awaitStatus("n" + i, "UP");
        }
        return haproxy;
    }

    int port() {
        return port;
    }

    /** Waits until HAProxy says that of a node. */
    void awaitStatus(String node, String status) {
        await("HAProxy of " + node)
                .atMost(ClusterProcesses.PATIENCE)
                .ignoreExceptions()
                .until(() -> status.equals(statistics(node).get("status")));
    }

    private Map<String, String> statistics(String node) throws IOException {
        return HaproxyStats.server(directory.resolve("stats.sock"), "kv", node);
    }

    @Override
    public void close() {
        program.close();
    }
}
