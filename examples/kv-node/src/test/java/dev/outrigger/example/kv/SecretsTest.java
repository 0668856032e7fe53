package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.secrets.SecretStoreException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of a whole node, and that they stay such. */
class SecretsTest {

    private static final String CANARY = "canary-7f3a";
    private static final String PASSWORD = "canary-password";
    private static final String KEY = "/api/v1/secrets/s3.access_key";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> answers = new ArrayList<>();

    @TempDir
    Path directory;

    private Path passwordFile;
    private Path data;

    @BeforeEach
    void writeThePassword() throws IOException {
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        data = directory.resolve("data");
    }

    @Test
    void withoutAPasswordThereAreNoSecrets() throws Exception {
        Options without = new Options(
                0, 0, "127.0.0.1", data, SidecarAccess.OPEN, BackupOptions.DEFAULT, Optional.empty(), Duration.ZERO);
        try (Node node = new Node(without)) {
            assertThat(send(node.start(), "GET", "/api/v1/secrets", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aSecretOutlivesTheNode() throws Exception {
        try (Node node = new Node(options())) {
            assertThat(put(node.start(), KEY, CANARY).statusCode()).isEqualTo(200);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secrets.keystore"))))
                .isEqualTo("rw-------");
        try (Node node = new Node(options())) {
            assertThat(send(node.start(), "GET", "/api/v1/secrets", "").body())
                    .startsWith("{\"secrets\":[{\"key\":\"s3.access_key\",\"status\":\"configured_keystore\",");
        }
    }

    @Test
    void aWrongPasswordKeepsTheNodeFromStarting() throws Exception {
        try (Node node = new Node(options())) {
            node.start();
        }
        Files.writeString(passwordFile, "another");
        try (Node node = new Node(options())) {
            assertThatThrownBy(node::start)
                    .isInstanceOf(SecretStoreException.class)
                    .hasMessageEndingWith("secrets.keystore: wrong password");
        }
    }

    @Test
    void secretsThatEverybodyCouldChangeAreAWrongOption() {
        Running.Outcome outcome = Running.toEnd(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KvNode.class.getName(),
                        "--port=0",
                        "--ops-port=0",
                        "--ops-address=0.0.0.0",
                        "--data=" + data,
                        "--keystore-password-file=" + passwordFile),
                "");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.output()).contains("kv-node: listen: 0.0.0.0 (expected: a loopback address");
    }

    @Test
    void noAnswerNoLogAndNoFileHoldsAValue() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            try (Node node = new Node(options())) {
                RunningNode running = node.start();
                callEverything(running);
                provokeEveryError(running);
                assertThat(running.toString() + options()).doesNotContain(CANARY, PASSWORD);
            }
            assertThat(log.text()).contains("secrets.keystore").doesNotContain(CANARY, PASSWORD);
        }
        assertThat(answers)
                .hasSizeGreaterThan(20)
                .allSatisfy(answer -> assertThat(answer).doesNotContain(CANARY, PASSWORD));
        try (Stream<Path> files = Files.walk(data).filter(Files::isRegularFile)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                            .doesNotContain(CANARY, PASSWORD));
        }
    }

    private void callEverything(RunningNode node) throws Exception {
        assertThat(put(node, KEY, CANARY).statusCode()).isEqualTo(200);
        assertThat(put(node, KEY, CANARY + "2").statusCode()).isEqualTo(200);
        assertThat(put(node, "/api/v1/secrets/other", CANARY).statusCode()).isEqualTo(200);
        assertThat(send(node, "DELETE", "/api/v1/secrets/other", "").statusCode())
                .isEqualTo(204);
        for (String path : List.of("/", "/health", "/ready", "/startup", "/metrics", "/api/v1/secrets", "/nowhere")) {
            send(node, "GET", path, "");
        }
    }

    private void provokeEveryError(RunningNode node) throws Exception {
        String body = "{\"value\":\"" + CANARY + "\"}";
        List<String> malformed = List.of(
                CANARY,
                "\"" + CANARY + "\"",
                "{\"value\":" + CANARY + "}",
                "{\"value\":\"" + CANARY,
                "{\"value\":[\"" + CANARY + "\"]}",
                "{\"value\":\"" + CANARY + "\",\"value\":\"" + CANARY + "\"}",
                "{\"" + CANARY + "\":1,\"" + CANARY + "\":1}",
                body + CANARY);
        for (String each : malformed) {
            assertThat(send(node, "PUT", KEY, each, "Content-Type", "application/json")
                            .statusCode())
                    .as(each)
                    .isEqualTo(400);
        }
        assertThat(send(node, "PUT", KEY, body).statusCode()).isEqualTo(415);
        assertThat(put(node, "/api/v1/secrets/%2e%2e%2f" + CANARY, CANARY).statusCode())
                .isEqualTo(400);
        assertThat(put(node, KEY, CANARY.repeat(6_000)).statusCode()).isEqualTo(413);
        assertThat(send(node, "POST", KEY, body).statusCode()).isEqualTo(405);

        Path temporary = data.resolve(".secrets.keystore.tmp");
        Files.createDirectories(temporary.resolve("in-the-way"));
        assertThat(put(node, KEY, CANARY).statusCode()).isEqualTo(500);
        Files.writeString(data.resolve("secrets.keystore"), "damaged");
        assertThat(put(node, KEY, CANARY).statusCode()).isEqualTo(503);
        assertThat(send(node, "GET", "/metrics", "").body()).contains("\noutrigger_secret_store_stale 1\n");
    }

    private Options options() {
        return new Options(
                0,
                0,
                "127.0.0.1",
                data,
                SidecarAccess.OPEN,
                BackupOptions.DEFAULT,
                Optional.of(passwordFile),
                Duration.ZERO);
    }

    private HttpResponse<String> put(RunningNode node, String path, String value) throws Exception {
        return send(node, "PUT", path, "{\"value\":\"" + value + "\"}", "Content-Type", "application/json");
    }

    private HttpResponse<String> send(RunningNode node, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.ops().getPort() + path))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        answers.add(response.headers().map() + response.body());
        return response;
    }
}
