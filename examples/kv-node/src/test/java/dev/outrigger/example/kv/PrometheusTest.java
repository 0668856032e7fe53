package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself scrapes a node, and can be asked about it. */
final class PrometheusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The value of the only sample of an answer to a query. */
    private static final Pattern ONE_VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]+)\"\\]\\}\\]");

    @TempDir
    private Path directory;

    private int port;

    @Test
    void theTargetIsUpItsSamplesCanBeQueriedAndItsEndIsSeen() throws Exception {
        try (NodeProcess node = NodeProcess.start(directory);
                Running prometheus = prometheus(node);
                RespConnection client = new RespConnection(node.respPort())) {
            assertThat(client.ask("SET greeting hello")).isEqualTo("+OK");
            awaitValue(prometheus, "up", 1);
            awaitValue(prometheus, "kv_requests_total{operation=\"set\"}", 1);
            awaitValue(prometheus, "kv_request_duration_ms_bucket{operation=\"set\",le=\"+Inf\"}", 1);
            awaitValue(prometheus, "sum(outrigger_shards{status=\"healthy\"})", 16);
            awaitValue(prometheus, "sum(outrigger_scrape_errors_total)", 0);
            await().atMost(PATIENCE)
                    .until(() -> query("outrigger_http_requests_total{route=\"/metrics\",method=\"GET\",code=\"200\"}")
                                    .orElse(0)
                            > 1);
            await().atMost(PATIENCE)
                    .until(() -> query("histogram_quantile(0.9, outrigger_http_request_duration_seconds_bucket"
                                            + "{route=\"/metrics\"})")
                                    .orElse(0)
                            > 0);
            assertThat(query("scrape_samples_post_metric_relabeling").orElse(0)).isGreaterThan(100);
            assertThat(api("targets")).contains("\"health\":\"up\"", "\"lastError\":\"\"");
            assertThat(api("metadata?metric=kv_requests")).contains("\"type\":\"counter\"");

            node.stop();
            node.awaitEnd();
            awaitValue(prometheus, "up", 0);
        }
    }

    @Test
    void aNodeThatSpeaksTlsIsScrapedByTokenAndByCertificate() throws Exception {
        OpensslCertificates certificates = new OpensslCertificates(directory);
        Path token = Files.writeString(directory.resolve("token"), "secret-token\n");
        try (Node node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--token-file=" + token,
                "--tls-cert=" + certificates.certificate("server"),
                "--tls-key=" + certificates.key("server"),
                "--tls-client-ca=" + certificates.certificate("ca")))) {
            int opsPort = node.start().ops().getPort();
            String jobs = job("token", opsPort, """
                        authorization:
                          credentials_file: %s
                        tls_config:
                          ca_file: %s
                    """.formatted(token, certificates.certificate("ca")))
                    + job("certificate", opsPort, """
                        tls_config:
                          ca_file: %s
                          cert_file: %s
                          key_file: %s
                    """.formatted(
                                    certificates.certificate("ca"),
                                    certificates.certificate("prometheus"),
                                    certificates.key("prometheus")))
                    + job("nobody", opsPort, """
                        tls_config:
                          ca_file: %s
                    """.formatted(certificates.certificate("ca")));
            try (Running prometheus = prometheus(jobs)) {
                awaitValue(prometheus, "up{job=\"token\"}", 1);
                awaitValue(prometheus, "up{job=\"certificate\"}", 1);
                awaitValue(prometheus, "up{job=\"nobody\"}", 0);
                await().atMost(PATIENCE)
                        .until(() -> api("targets").contains("server returned HTTP status 401 Unauthorized"));
            }
        }
    }

    private static String job(String name, int opsPort, String more) {
        return """
                  - job_name: %s
                    scheme: https
                    static_configs:
                      - targets: ['localhost:%d']
                """.formatted(name, opsPort).indent(0) + more.indent(0);
    }

    private Running prometheus(NodeProcess node) throws IOException {
        return prometheus("""
                  - job_name: kv
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(node.opsPort()));
    }

    private Running prometheus(String jobs) throws IOException {
        String program = Programs.path("prometheus");
        port = NodeProcess.freePort();
        String configuration = """
                global:
                  scrape_interval: 250ms
                  scrape_timeout: 250ms
                scrape_configs:
                """ + jobs;
        Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
        Running prometheus = Running.start(
                directory,
                "prometheus",
                List.of(
                        program,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port));
        await("Prometheus").atMost(PATIENCE).until(() -> NodeProcess.accepts(port));
        return prometheus;
    }

    private void awaitValue(Running prometheus, String query, double value) {
        await(query)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(query(query)).as(prometheus.output()).hasValue(value));
    }

    /** The value of a query, if there is exactly one. */
    private OptionalDouble query(String query) {
        String answer = api("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Matcher value = ONE_VALUE.matcher(answer);
        return value.find() ? OptionalDouble.of(Double.parseDouble(value.group(1))) : OptionalDouble.empty();
    }

    private String api(String call) {
        return NodeProcess.get(port, "/api/v1/" + call).body();
    }
}
