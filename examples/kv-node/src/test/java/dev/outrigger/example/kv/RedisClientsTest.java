package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisClientsTest {

    @TempDir
    private Path directory;

    @Test
    void redisCliAndRedisBenchmarkTakeTheNodeForARedis() {
        String cli = Programs.path("redis-cli");
        String benchmark = Programs.path("redis-benchmark");
        try (NodeProcess node = NodeProcess.start(directory)) {
            assertThat(run(cli, node, "PING")).isEqualTo("PONG\n");
            assertThat(run(cli, node, "SET", "greeting", "hällo \"you\"")).isEqualTo("OK\n");
            assertThat(run(cli, node, "--raw", "GET", "greeting")).isEqualTo("hällo \"you\"\n");
            assertThat(run(cli, node, "EXISTS", "greeting", "nothing")).isEqualTo("1\n");
            assertThat(run(cli, node, "--scan")).isEqualTo("greeting\n");
            assertThat(run(cli, node, "INFO")).contains("# Server");
            assertThat(run(cli, node, "DEL", "greeting")).isEqualTo("1\n");
            assertThat(run(cli, node, "GET", "greeting")).isEqualTo("\n");
            assertThat(run(benchmark, node, "-t", "ping,set,get", "-n", "20000", "-P", "16", "-q"))
                    .contains("PING_INLINE: ", "PING_MBULK: ", "SET: ", "GET: ", "requests per second")
                    .doesNotContainIgnoringCase("error", "warning");
            assertThat(node.get("/metrics").body())
                    .contains("kv_requests_total{operation=\"set\"} 20001\n")
                    .contains("kv_request_duration_ms_count{operation=\"set\"} 20001\n");
        }
    }

    private static String run(String program, NodeProcess node, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(node.respPort())));
        command.addAll(List.of(arguments));
        Running.Outcome outcome = Running.toEnd(command, "");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output();
    }
}
