package dev.outrigger.example.kv;

import static dev.outrigger.metrics.MetricType.GAUGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.netty.OpsSidecar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strict OpenMetrics parser of the Python client reads what comes over HTTP. */
final class PythonClientTest {

    private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";
    private static final String ODD_TEXT = "quote \" backslash \\ newline \n tab \t umlaut ü, 日本 and \uD83D\uDE80";
    private static final String READ = """
            import base64, sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            text = sys.stdin.buffer.read().decode('utf-8')
            for family in text_string_to_metric_families(text):
                for sample in family.samples:
            """;

    @TempDir
    private Path directory;

    @Test
    void everyFamilyOfANodeIsRead() {
        String python = Programs.pythonWithPrometheusClient();
        try (NodeProcess node = NodeProcess.start(directory);
                RespConnection client = new RespConnection(node.respPort())) {
            assertThat(client.ask("SET greeting hello")).isEqualTo("+OK");
            String exposition = node.get("/metrics", "Accept", OPENMETRICS).body();
            assertThat(exposition).endsWith("# EOF\n");
            String script = READ + "        print(family.type, sample.name)\n";
            assertThat(Running.toEnd(List.of(python, "-c", script), exposition).output())
                    .contains(
                            "counter kv_requests_total\n",
                            "histogram kv_request_duration_ms_bucket\n",
                            "gauge lsm_memtable_bytes\n",
                            "gauge jvm_memory_bytes_used\n",
                            "counter outrigger_http_requests_total\n",
                            "histogram outrigger_http_request_duration_seconds_bucket\n")
                    .doesNotContain("Traceback");
        }
    }

    @Test
    void anOddLabelValueComesBackEqual() {
        String python = Programs.pythonWithPrometheusClient();
        MetricFamily odd = MetricFamily.ofEach(
                GAUGE, "odd", "Odd texts.", () -> List.of(ODD_TEXT), text -> Labels.of("text", text), text -> 1);
        try (OpsSidecar sidecar = OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .metrics(MetricsSource.of("odd", List.of(odd)))
                .drainDelay(Duration.ZERO)
                .start()) {
            String exposition = NodeProcess.get(
                            sidecar.address().getPort(), "/metrics?name%5B%5D=odd", "Accept", OPENMETRICS)
                    .body();
            String script = READ + "        print(base64.b64encode(sample.labels['text'].encode('utf-8')).decode())\n";
            String read = Running.toEnd(List.of(python, "-c", script), exposition)
                    .output()
                    .strip();
            assertThat(new String(Base64.getDecoder().decode(read), StandardCharsets.UTF_8))
                    .isEqualTo(ODD_TEXT);
        }
    }
}
