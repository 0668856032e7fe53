package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx in front of the ops port: as it comes, which is HTTP/1.0, and with connections that are kept. */
final class NginxTest {

    private static final List<String> WAYS = List.of("/plain", "/kept");

    @TempDir
    private Path directory;

    private NodeProcess node;
    private Running nginx;
    private int port;

    @BeforeEach
    void start() throws IOException {
        String program = Programs.path("nginx");
        node = NodeProcess.start(directory, "--drain-seconds=2");
        port = NodeProcess.freePort();
        String configuration = """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log info;
                events {}
                http {
                    access_log %1$s/access.log;
                    client_body_temp_path %1$s;
                    proxy_temp_path %1$s;
                    fastcgi_temp_path %1$s;
                    uwsgi_temp_path %1$s;
                    scgi_temp_path %1$s;
                    upstream sidecar {
                        server 127.0.0.1:%3$d;
                        keepalive 4;
                    }
                    server {
                        listen 127.0.0.1:%2$d;
                        location /plain/ { proxy_pass http://127.0.0.1:%3$d/; }
                        location /kept/ {
                            proxy_pass http://sidecar/;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                        }
                    }
                }
                """.formatted(directory, port, node.opsPort());
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        nginx = Running.start(
                directory,
                "nginx",
                List.of(program, "-c", file.toString(), "-p", directory.toString(), "-e", directory + "/error.log"));
        await("nginx").until(() -> NodeProcess.accepts(port));
    }

    @AfterEach
    void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void everythingComesThroughWhole() throws IOException {
        for (String way : WAYS) {
            for (int i = 0; i < 50; i++) {
                assertThat(NodeProcess.get(port, way + "/health/quick").body()).isEqualTo("OK");
            }
            assertThat(NodeProcess.get(port, way + "/ready").body()).contains("\"status\":\"ready\"");
            assertThat(NodeProcess.get(port, way + "/health").body()).endsWith("]}");
            assertThat(NodeProcess.get(port, way + "/none").statusCode()).isEqualTo(404);
            HttpResponse<String> scrape =
                    NodeProcess.get(port, way + "/metrics", "Accept", "application/openmetrics-text");
            assertThat(scrape.statusCode()).isEqualTo(200);
            assertThat(scrape.body()).contains("\nlsm_memtable_bytes{").endsWith("# EOF\n");
        }
        assertThat(directory.resolve("error.log")).content().doesNotContain("[error]", "[warn]");
        assertThat(node.log()).doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void aDrainIsSeenThroughItToo() {
        node.stop();
        for (String way : WAYS) {
            await().untilAsserted(() -> {
                assertThat(NodeProcess.get(port, way + "/ready").statusCode()).isEqualTo(503);
                assertThat(NodeProcess.get(port, way + "/health/quick").body()).isEqualTo("UNAVAILABLE");
            });
            assertThat(NodeProcess.get(port, way + "/healthz").body()).isEqualTo("ok");
        }
        node.awaitEnd();
        assertThat(NodeProcess.get(port, "/kept/healthz").statusCode()).isEqualTo(502);
    }
}
