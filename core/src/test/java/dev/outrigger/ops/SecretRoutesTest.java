package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Method;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.RouteMatch;
import dev.outrigger.http.RouteTable;
import dev.outrigger.secrets.Keystore;
import dev.outrigger.secrets.TestKeystore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRoutesTest {

    private static final String KEY = "/api/v1/secrets/s3.access_key";
    private static final String VALUE = "{\"value\":\"canary-7f3a\"}";
    private static final String KEPT = """
            {"key":"s3.access_key","status":"configured_keystore","env_var":"S3_ACCESS_KEY",\
            "created_at":"2026-11-21T12:00:00.000Z","updated_at":"2026-11-21T12:00:00.000Z"}""";
    private static final String NONE = "200 {\"secrets\":[]}";

    @TempDir
    Path directory;

    private TestKeystore kit;
    private Keystore keystore;
    private boolean singleNode = true;
    private boolean draining;

    @BeforeEach
    void open() {
        kit = new TestKeystore(directory);
        keystore = kit.open("s3.access_key", "from.env");
    }

    @AfterEach
    void close() {
        keystore.close();
    }

    @Test
    void aSecretThatWasPutIsListedWithoutItsValue() {
        assertThat(put(KEY, VALUE)).isEqualTo("200 " + KEPT);
        assertThat(get("/api/v1/secrets")).isEqualTo("200 {\"secrets\":[" + KEPT + "]}");
        assertThat(get("/api/v1/secrets/")).isEqualTo("200 {\"secrets\":[" + KEPT + "]}");
    }

    @Test
    void puttingAgainKeepsTheTimeOfCreation() {
        put(KEY, VALUE);
        kit.time().move(Duration.ofMillis(1234));

        assertThat(put(KEY, "{\"value\":\"other\"}"))
                .isEqualTo("200 "
                        + KEPT.replace(
                                "\"updated_at\":\"2026-11-21T12:00:00.000Z\"",
                                "\"updated_at\":\"2026-11-21T12:00:01.234Z\""));
    }

    @Test
    void aSecretOfTheEnvironmentHasNoTimes() {
        kit.environment().put("FROM_ENV", "canary-7f3a");

        assertThat(get("/api/v1/secrets")).isEqualTo("""
                200 {"secrets":[{"key":"from.env","status":"configured_env","env_var":"FROM_ENV",\
                "created_at":null,"updated_at":null}]}""");
        assertThat(delete("/api/v1/secrets/from.env")).isEqualTo(problem(404, "No such secret in the keystore"));
    }

    @Test
    void deletingWhatIsInBothLeavesTheEnvironment() {
        kit.environment().put("S3_ACCESS_KEY", "canary-7f3a");
        assertThat(put(KEY, VALUE)).contains("\"status\":\"configured_both\"");

        assertThat(delete(KEY)).isEqualTo("204 ");
        assertThat(get("/api/v1/secrets")).contains("\"status\":\"configured_env\"");
        assertThat(delete(KEY)).isEqualTo(problem(404, "No such secret in the keystore"));
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(put(KEY, "{\"other\":[1],\"value\":\"x\"}")).isEqualTo("200 " + KEPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e%2fx", "a..b", ".a", "a.", "a%20b", "a%0a", "%c3%a4"})
    void aMalformedKeyIs400WhateverElseIsWrong(String key) {
        singleNode = false;
        draining = true;
        String expected =
                problem(400, "key: malformed (expected: [A-Za-z0-9._-]{1,128}, no leading or trailing dot, no '..')");

        assertThat(told(FakeRequest.put("/api/v1/secrets/" + key, "no json"))).isEqualTo(expected);
        assertThat(delete("/api/v1/secrets/" + key)).isEqualTo(expected);
    }

    @Test
    void aBodyThatIsNotJsonComesBeforeTheMode() {
        singleNode = false;

        assertThat(told(FakeRequest.put(KEY, VALUE)))
                .isEqualTo(problem(415, "Content-Type: not JSON (expected: application/json)"));
        assertThat(put(KEY, "")).isEqualTo(problem(400, "JSON: empty (expected: an object)"));
        assertThat(put(KEY, "{}")).isEqualTo(problem(400, "value: missing (expected: a text)"));
        assertThat(put(KEY, "{\"value\":7}")).isEqualTo(problem(400, "value: a number (expected: a text)"));
        assertThat(put(KEY, "{\"value\":\"\"}"))
                .isEqualTo(problem(400, "value: empty (expected: at least one character)"));
        assertThat(get("/api/v1/secrets")).isEqualTo(NONE);
    }

    @Test
    void oneOfSeveralNodesListsButNeverChanges() {
        put(KEY, VALUE);
        singleNode = false;
        draining = true;
        String expected = problem(503, "Secrets can be changed on a single node only, and this is one of several");

        assertThat(put(KEY, VALUE)).isEqualTo(expected);
        assertThat(delete(KEY)).isEqualTo(expected);
        assertThat(delete("/api/v1/secrets/unknown")).isEqualTo(expected);
        assertThat(get("/api/v1/secrets")).isEqualTo("200 {\"secrets\":[" + KEPT + "]}");
    }

    @Test
    void aNodeThatDrainsListsButTellsToComeBack() {
        put(KEY, VALUE);
        draining = true;
        String expected = problem(503, "The node is draining") + " Retry-After: 5";

        assertThat(put(KEY, VALUE)).isEqualTo(expected);
        assertThat(delete("/api/v1/secrets/unknown")).isEqualTo(expected);
        assertThat(get("/api/v1/secrets")).isEqualTo("200 {\"secrets\":[" + KEPT + "]}");
    }

    @Test
    void aKeystoreThatCannotBeReadIsListedButNotChanged() throws IOException {
        put(KEY, VALUE);
        Files.writeString(kit.file(), "damaged");
        String expected = problem(503, "The keystore cannot be changed at the moment") + " Retry-After: 5";

        assertThat(put(KEY, VALUE)).isEqualTo(expected);
        assertThat(delete(KEY)).isEqualTo(expected);
        assertThat(get("/api/v1/secrets")).isEqualTo("200 {\"secrets\":[" + KEPT + "]}");
    }

    private String get(String path) {
        return told(FakeRequest.get(path));
    }

    private String put(String path, String body) {
        return told(FakeRequest.put(path, body).header("Content-Type", "application/json"));
    }

    private String delete(String path) {
        return told(FakeRequest.get(path).as(Method.DELETE));
    }

    private static String problem(int status, String error) {
        return status + " {\"error\":\"" + error + "\",\"status\":" + status + ",\"request_id\":\"request-1\"}";
    }

    /** Status and body, and the header field that tells when to come back. */
    private String told(FakeRequest request) {
        Response answer = answer(request);
        return ProbeClient.told(answer)
                + ProbeClient.header(answer, "Retry-After")
                        .map(seconds -> " Retry-After: " + seconds)
                        .orElse("");
    }

    private Response answer(FakeRequest request) {
        RouteTable table = RouteTable.of("", SecretRoutes.of(keystore, "/api/v1", singleNode, () -> draining));
        RouteMatch match = table.match(request.path()).orElseThrow();
        try {
            return match.routes()
                    .route(request.method())
                    .orElseThrow()
                    .handler()
                    .handle(request.parameters(match.parameters()));
        } catch (ProblemException problem) {
            return problem.problem().toResponse(request.requestId());
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
