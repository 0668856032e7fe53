package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node writes into its logs, and what it never does. */
final class LogFilesTest {

    private static final String TOKEN = "c4n4ry-token";
    private static final String WRONG_TOKEN = "c4n4ry-wrong";
    private static final String VALUE = "c4n4ry-value";
    private static final String QUERY = "c4n4ry-query";

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void requestsAreSplitByOutcomeAndNothingSecretIsInThem() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "c4n4ry-password");
        try (NodeProcess node =
                NodeProcess.start(directory, "--token=" + TOKEN, "--keystore-password-file=" + password)) {
            String base = "http://127.0.0.1:" + node.opsPort();
            assertThat(send(base, "GET", "/metrics?token=" + QUERY, "", TOKEN)).isEqualTo(200);
            assertThat(send(base, "GET", "/metrics?password=" + QUERY, "", WRONG_TOKEN))
                    .isEqualTo(401);
            assertThat(send(base, "GET", "/none/" + QUERY + "?secret=" + QUERY, "", TOKEN))
                    .isEqualTo(404);
            assertThat(send(base, "PUT", "/api/v1/secrets/s3.key", "{\"value\":\"" + VALUE + "\"}", TOKEN))
                    .isEqualTo(200);
            assertThat(send(base, "PUT", "/api/v1/secrets/s3.key", "{\"value\":\"" + VALUE + "\"", TOKEN))
                    .isEqualTo(400);
            assertThat(send(base, "PUT", "/api/v1/secrets/s3.key?value=" + VALUE, "{}", WRONG_TOKEN))
                    .isEqualTo(401);
            assertThat(send(base, "GET", "/health/quick", "", WRONG_TOKEN)).isEqualTo(200);

            await().untilAsserted(() -> {
                assertThat(lines("success.log"))
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .contains(" INFO request_id=\"", "principal=\"operator\"", "route=\"/metrics\"")
                                        .contains(" status=\"200\" outcome=\"ok\""),
                                line -> assertThat(line).contains("method=\"PUT\" route=\"/api/v1/secrets/{key}\""));
                assertThat(lines("error.log"))
                        .satisfiesExactly(
                                line -> assertThat(line).contains(" ERROR request_id=\"", "status=\"401\""),
                                line -> assertThat(line).contains("route=\"unmatched\"", "status=\"404\""),
                                line -> assertThat(line).contains("status=\"400\""),
                                line -> assertThat(line).contains("status=\"401\""));
                assertThat(lines("audit.log"))
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .contains("phase=\"before\"", "path=\"/api/v1/secrets/s3.key\""),
                                line -> assertThat(line).contains("phase=\"after\"", "status=\"200\" outcome=\"ok\""),
                                line -> assertThat(line).contains("phase=\"before\""),
                                line -> assertThat(line).contains("phase=\"after\"", "status=\"400\""),
                                line -> assertThat(line).contains("phase=\"refused\"", "status=\"401\""));
            });
            assertThat(node.log()).doesNotContain("request_id", "c4n4ry");
        }
        assertThat(everyLogLine()).isNotEmpty().noneMatch(line -> line.contains("c4n4ry"));
    }

    private int send(String base, String method, String path, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve("data/logs").resolve(file), UTF_8);
    }

    private List<String> everyLogLine() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/logs"))) {
            return files.flatMap(LogFilesTest::read).toList();
        }
    }

    private static Stream<String> read(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
