package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as one tries it first: a whole cluster in one process. */
class QuickStartTest {

    @TempDir
    private Path directory;

    @Test
    void threeNodesInOneProcessServeAnyKeyAtAnyOfThem() throws Exception {
        List<Integer> ports = FreePorts.take(9);
        List<Integer> resp = ports.subList(3, 6);
        List<Integer> ops = ports.subList(6, 9);
        try (Running nodes = start("--cluster=" + layout(ports), "--data=" + directory.resolve("data"))) {
            await("the nodes")
                    .atMost(ClusterProcesses.PATIENCE)
                    .until(() -> !nodes.isAlive() || ops.stream().allMatch(port -> Http.status(port, "/ready") == 200));
            assertThat(nodes.output())
                    .contains("raft-kv serves. Its data is in " + directory.resolve("data"))
                    .contains("n2   RESP 127.0.0.1:" + resp.get(1) + "   sidecar http://127.0.0.1:" + ops.get(1));

            for (int i = 0; i < 60; i++) {
                assertThat(ask(resp.get(i % 3), "SET key-" + i + " value-" + i)).isEqualTo("+OK");
            }
            for (int i = 0; i < 60; i++) {
                assertThat(ask(resp.get((i + 1) % 3), "GET key-" + i)).isEqualTo("value-" + i);
            }
            assertThat(ask(resp.get(0), "SET key-1 other NX")).isEqualTo(RespConnection.NIL);
            assertThat(ask(resp.get(1), "EXISTS key-0 key-1 none")).isEqualTo(":2");
            assertThat(ask(resp.get(2), "DEL key-0 key-1 none")).isEqualTo(":2");
            assertThat(count(resp.get(0))).isEqualTo(58);
            assertThat(ask(resp.get(0), "KV.DROP lower")).startsWith("-ERR tables of a cluster are not dropped");
            assertThat(ask(resp.get(0), "FLUSHALL")).isEqualTo("+OK");
            assertThat(count(resp.get(2))).isZero();

            nodes.terminate();
            assertThat(nodes.awaitEnd()).as(nodes.output()).isEqualTo(143);
            assertThat(ports).noneMatch(FreePorts::accepts);
            assertThat(nodes.output()).doesNotContain("Exception", " ERROR ");
            assertThat(Files.exists(directory.resolve("data/n3/LOCK"))).isTrue();
        }
    }

    @Test
    void aBadOptionEndsItWithOneLineAndStatus2() {
        try (Running node = start("--node=n7")) {
            assertThat(node.awaitEnd()).isEqualTo(2);
            assertThat(node.output()).isEqualTo("raft-kv: --node: 'n7' (expected: one of --cluster)\n");
        }
    }

    @Test
    void aPortInUseEndsItWithOneLineAndStatus1() {
        List<Integer> ports = FreePorts.take(9);
        String layout = "--cluster=" + layout(ports);
        try (Running nodes = start(layout, "--data=" + directory.resolve("data"))) {
            await().atMost(ClusterProcesses.PATIENCE).until(() -> !nodes.isAlive() || FreePorts.accepts(ports.get(8)));
            try (Running late =
                    Running.start(directory, "late", command(layout, "--data=" + directory.resolve("other")))) {
                assertThat(late.awaitEnd()).as(late.output()).isEqualTo(1);
                assertThat(late.output().lines().filter(line -> line.startsWith("raft-kv: ")))
                        .hasSize(1)
                        .allMatch(line -> line.contains(String.valueOf(ports.get(6))));
            }
        }
    }

    private static String layout(List<Integer> ports) {
        return String.join(
                ",",
                IntStream.range(0, 3)
                        .mapToObj(i -> "n%d=127.0.0.1:%d:%d:%d"
                                .formatted(i + 1, ports.get(i), ports.get(i + 3), ports.get(i + 6)))
                        .toList());
    }

    private Running start(String... options) {
        return Running.start(directory, "nodes", command(options));
    }

    private List<String> command(String... options) {
        List<String> command = ClusterProcesses.command(directory);
        command.addAll(List.of(options));
        return command;
    }

    private static String ask(int port, String command) {
        return RespConnection.askOnce(port, command);
    }

    private static long count(int port) {
        return Long.parseLong(ask(port, "KV.COUNT lower").substring(1))
                + Long.parseLong(ask(port, "KV.COUNT upper").substring(1));
    }
}
