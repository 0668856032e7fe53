package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OpenAPI document and the registry of a node with everything switched on, held against what the node answers. Public validators
 * do the same more closely in examples/openapi-check.
 */
final class OpenApiTest {

    private static final Pattern ENTRY =
            Pattern.compile("\\{\"method\":\"([A-Z]+)\",\"path\":\"([^\"]+)\",\"class\":\"([PRW])\",\"enabled\":true,"
                    + "\"summary\":\"[^\"]+\",\"requests_total\":([0-9]+)\\}");
    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\": \"#/([^\"]+)\"");
    private static final String LAST = "/cluster/leave";

    /** What is restored and verified before comes before this. */
    private static final String DELETION = "DELETE /api/v1/backups/{id}";

    /** What is not answered with 200: the only member has nobody to declare dead, and no job can be called off that has ended. */
    private static final Map<String, Integer> EXPECTED = Map.of(
            "POST /cluster/down",
            404,
            "DELETE /api/v1/secrets/{key}",
            204,
            "POST /api/v1/jobs/{id}/cancel",
            409,
            "POST /api/v1/jobs/{id}/retry",
            409,
            "POST /api/v1/restore",
            202,
            "POST /api/v1/backups/{id}/verify",
            202,
            "POST /api/v1/gc",
            202,
            DELETION,
            202);

    /** What is sent to those that take a body, and what stands for the parameters of paths. */
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/secrets/{key}", "{\"value\":\"x\"}",
            "/cluster/down", "{\"address\":\"other\"}",
            "/admin/jfr", "{\"seconds\":1}");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path directory;

    private Node node;
    private String address;
    private String yaml;
    private Map<String, Object> document;

    @BeforeEach
    void start() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "operator write write-me\n");
        Path password = Files.writeString(directory.resolve("password"), "password");
        node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--keystore-password-file=" + password,
                "--token-file=" + tokens));
        address = "http://127.0.0.1:" + node.start().ops().getPort();
        yaml = send("GET", "/openapi.yaml").body();
        document = YamlBlocks.read(yaml);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private HttpResponse<String> send(String method, String template) throws Exception {
        String target = template.replace("{name}", "engine").replace("{key}", "s3.key");
        if (template.equals("/cluster/shards")) {
            target += "?type=kv";
        } else if (template.startsWith("/admin/clients/")) {
            target = target.replace("{id}", clientId());
        } else if (template.startsWith("/api/v1/jobs/")) {
            target = target.replace("{id}", jobId());
        } else if (template.startsWith("/api/v1/backups")) {
            target = target.replace("{id}", "b1") + "?location=" + location();
        }
        Optional<String> body = method.equals("GET") ? Optional.empty() : body(template);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + target))
                .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()))
                .header("Authorization", "Bearer write-me")
                .header("Content-Type", "application/json")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private Optional<String> body(String template) {
        return switch (template) {
            case "/api/v1/backup", "/api/v1/restore", "/api/v1/backups/{id}/verify", "/api/v1/gc" ->
                Optional.of(
                        "{\"backup_id\":\"b1\",\"restore_mode\":\"overwrite\",\"location\":\"" + location() + "\"}");
            default -> Optional.ofNullable(BODIES.get(template));
        };
    }

    private String location() {
        return "file://" + directory.resolve("data").resolve("backups");
    }

    private String jobId() throws Exception {
        return send("GET", "/api/v1/jobs").body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    private String clientId() throws Exception {
        return send("GET", "/admin/clients").body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private Object resolved(String reference) {
        Object found = document;
        for (String step : reference.split("/")) {
            found = map(found).get(step);
        }
        return found;
    }

    /** Each operation with what is told of it, as {@code GET /ready}; leaving comes last. */
    private Map<String, Map<?, ?>> operations() {
        Map<String, Map<?, ?>> operations = new LinkedHashMap<>();
        map(document.get("paths"))
                .forEach((path, methods) -> map(methods)
                        .forEach((method, told) ->
                                operations.put(method.toString().toUpperCase(Locale.ROOT) + " " + path, map(told))));
        return operations;
    }

    private List<String> registered() throws Exception {
        List<String> registered = new ArrayList<>();
        Matcher entries = ENTRY.matcher(send("GET", "/router/registry").body());
        while (entries.find()) {
            registered.add(entries.group(1) + " " + entries.group(2));
        }
        return registered;
    }

    @Test
    void theDocumentHasTheRoutesOfTheTableInItsOrderAndNoOthers() throws Exception {
        assertThat(operations().keySet()).hasSizeGreaterThan(30).containsExactlyElementsOf(registered());
        List<String> paths = new ArrayList<>();
        Matcher root = Pattern.compile("\\{\"path\":\"([^\"]+)\"")
                .matcher(send("GET", "/").body());
        while (root.find()) {
            paths.add(root.group(1));
        }
        assertThat(map(document.get("paths")).keySet()).map(Object::toString).containsExactlyElementsOf(paths);
    }

    @Test
    void theRegistryKnowsTheClassOfEachRoute() throws Exception {
        String registry = send("GET", "/router/registry").body();
        assertThat(registry)
                .contains("{\"method\":\"GET\",\"path\":\"/ready\",\"class\":\"P\",\"enabled\":true,")
                .contains("{\"method\":\"GET\",\"path\":\"/metrics\",\"class\":\"R\",\"enabled\":true,")
                .contains("{\"method\":\"POST\",\"path\":\"/cluster/leave\",\"class\":\"W\",\"enabled\":true,")
                .doesNotContain("\"enabled\":false");
        Matcher entries = ENTRY.matcher(registry);
        while (entries.find()) {
            assertThat(entries.group(3).equals("W")).isEqualTo(!entries.group(1).equals("GET"));
        }
    }

    @Test
    void theRegistryCountsRequests() throws Exception {
        send("GET", "/ready");
        send("HEAD", "/ready");
        send("OPTIONS", "/ready");

        await().untilAsserted(() -> assertThat(send("GET", "/router/registry").body())
                .containsPattern("\"path\":\"/ready\"[^}]*\"requests_total\":2\\}"));
    }

    @Test
    void everyReferenceHasWhatItRefersTo() {
        List<String> references =
                REFERENCE.matcher(yaml).results().map(found -> found.group(1)).toList();
        assertThat(references).hasSizeGreaterThan(100);
        assertThat(references)
                .allSatisfy(reference -> assertThat(resolved(reference)).isNotNull());
    }

    @Test
    void everyPrivilegedOperationAsksForItsRight() throws Exception {
        Matcher entries = ENTRY.matcher(send("GET", "/router/registry").body());
        while (entries.find()) {
            String operation = entries.group(1) + " " + entries.group(2);
            List<?> expected = switch (entries.group(3)) {
                case "P" -> List.of(Map.of(), Map.of("bearer", List.of("read")));
                case "R" -> List.of(Map.of("bearer", List.of("read")));
                default -> List.of(Map.of("bearer", List.of("write")));
            };
            assertThat(operations().get(operation).get("security"))
                    .as(operation)
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyOperationAnswersWithTheFieldsThatItPromises() throws Exception {
        await().until(() -> send("GET", "/ready").statusCode() == 200);
        Map<String, Map<?, ?>> operations = operations();
        for (String operation : operations.keySet()) {
            if (!operation.endsWith(LAST) && !operation.equals(DELETION)) {
                assertKept(operation, operations.get(operation));
            }
        }
        assertKept(DELETION, operations.get(DELETION));
        assertKept("POST " + LAST, operations.get("POST " + LAST));
    }

    private void assertKept(String operation, Map<?, ?> told) throws Exception {
        String[] parts = operation.split(" ");
        HttpResponse<String> answer = send(parts[0], parts[1]);
        int expected = EXPECTED.getOrDefault(operation, 200);
        assertThat(answer.statusCode()).as("%s: %s", operation, answer.body()).isEqualTo(expected);
        Map<?, ?> response = map(map(told.get("responses")).get(Integer.toString(expected)));
        if (expected == 204) {
            assertThat(response.containsKey("content")).isFalse();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
        Map<?, ?> content = map(map(response.get("content")).get(type));
        assertThat(content).as("%s: %s", operation, type).isNotNull();
        if (type.equals("application/json")) {
            assertFields(operation, map(content.get("schema")), answer.body());
        }
    }

    private void assertFields(String operation, Map<?, ?> schema, String json) {
        Object reference = schema.get("$ref");
        Map<?, ?> object =
                reference == null ? schema : map(resolved(reference.toString().substring(2)));
        List<?> required = (List<?>) object.get("required");
        List<String> known = map(object.get("properties")).keySet().stream()
                .map(Object::toString)
                .toList();
        assertThat(names(json))
                .as(operation)
                .containsAll(required.stream().map(Object::toString).toList())
                .isSubsetOf(known);
    }

    private static List<String> names(String json) {
        // A thread dump is longer than what the sidecar takes for a body, hence than what its reader reads.
        String shortened = json.replaceAll("\"stack\":\\[[^\\]]*\\]", "\"stack\":[]");
        JsonObject object = JsonReader.object(shortened.getBytes(UTF_8));
        return List.copyOf(object.names());
    }
}
