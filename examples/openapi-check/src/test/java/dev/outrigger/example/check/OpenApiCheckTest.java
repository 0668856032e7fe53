package dev.outrigger.example.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document of a node with everything switched on: is it one, and is it true? */
final class OpenApiCheckTest {

    private static final String WAIT = "wait=1";

    @TempDir
    private Path directory;

    private final Set<String> called = new LinkedHashSet<>();
    private CheckedNode node;
    private String yaml;
    private PromisedAnswers promised;

    @BeforeEach
    void start() throws Exception {
        node = new CheckedNode(directory);
        HttpResponse<String> answer = node.get("/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
        yaml = answer.body();
        promised = new PromisedAnswers(yaml);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aPublicValidatorFindsNoFault() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(yaml);

        assertThat(result.getMessages()).isNullOrEmpty();
        assertThat(result.isOpenapi31()).isTrue();
        assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(25);
        assertThat(result.getOpenAPI().getComponents().getSecuritySchemes()).containsOnlyKeys("bearer");
    }

    @Test
    void aPublicValidatorFindsAFaultWhereThereIsOne() {
        assertThat(new OpenAPIV3Parser()
                        .readContents(yaml.replaceFirst("description: \"The process answers.\"", "describing: x"))
                        .getMessages())
                .isNotEmpty();
    }

    @Test
    void theDocumentHasTheRoutesOfTheTableAndNoOthers() throws Exception {
        assertThat(promised.operations()).containsExactlyElementsOf(node.registered());
    }

    @Test
    void everyOperationAnswersAsThePublicSchemaValidatorReadsItsPromise() throws Exception {
        // Once all is well the verdict stays, so that one can wait for another in vain.
        await().until(() -> node.get("/health?degraded=429").body().contains("\"status\":\"healthy\",\"node_id\"")
                && node.get("/ready").statusCode() == 200);
        askTheProbes();
        askTheReads();
        askForBackups();
        askForJobs();
        askTheWrites();
        assertThat(called).containsExactlyInAnyOrderElementsOf(promised.operations());
    }

    private void askTheProbes() throws Exception {
        for (String path : new String[] {"/", "/ping", "/healthz", "/startup", "/health/quick"}) {
            get(200, path);
        }
        for (String path : new String[] {"/health", "/livez", "/ready", "/readyz"}) {
            get(200, path);
            get(200, path + "?exclude=engine&exclude=none", path);
            get(200, path + "?verbose", path);
            get(404, path + "?only=none", path);
            call("GET " + path, 200, path, Map.of("Accept", "application/health+json"), "");
            call("GET " + path, 200, path, Map.of(), ""); // to anybody
            HttpResponse<String> known = node.get(path);
            Map<String, String> waiting = Map.of(
                    "Prefer",
                    WAIT,
                    "If-None-Match",
                    known.headers().firstValue("ETag").orElseThrow());
            call("GET " + path, 304, path, waiting, "");
        }
        get(200, "/health?shards=false", "/health");
        get(200, "/health?shard_status=healthy&limit=2&after=3", "/health");
        get(400, "/health?limit=few", "/health");
        get(200, "/livez/engine", "/livez/{name}");
        get(404, "/livez/disk", "/livez/{name}");
        for (String path : new String[] {"/health/checks/", "/readyz/"}) {
            get(200, path + "disk", path + "{name}");
            get(404, path + "none", path + "{name}");
        }
    }

    private void askTheReads() throws Exception {
        for (String path : new String[] {
            "/metrics",
            "/health/cluster",
            "/cluster/members",
            "/cluster/leader",
            "/cluster/restart-safety",
            "/api/v1/status",
            "/api/v1/secrets",
            "/admin/clients",
            "/admin/threads",
            "/admin/transitions",
            "/router/registry",
            "/openapi.yaml"
        }) {
            get(200, path);
            call("GET " + path, 401, path, Map.of(), "");
        }
        call(
                "GET /metrics",
                200,
                "/metrics?name[]=outrigger_shards".replace("[]", "%5B%5D"),
                Map.of("Authorization", CheckedNode.READER, "Accept", "application/openmetrics-text"),
                "");
        call(
                "GET /admin/threads",
                200,
                "/admin/threads",
                Map.of("Authorization", CheckedNode.READER, "Accept", "text/plain"),
                "");
        get(200, "/cluster/shards?type=kv", "/cluster/shards");
        get(400, "/cluster/shards", "/cluster/shards");
        get(404, "/cluster/shards?type=none", "/cluster/shards");
        String client = Documents.json(node.get("/admin/clients").body())
                .at("/clients/0/id")
                .stringValue();
        get(200, "/admin/clients/" + client, "/admin/clients/{id}");
        get(404, "/admin/clients/none", "/admin/clients/{id}");
    }

    private void askForBackups() throws Exception {
        String location = "file://" + directory.resolve("data").resolve("backups");
        String there = "\"location\":\"" + location + "\"";
        String b1 = "{\"backup_id\":\"b1\"," + there + "}";
        write(200, "POST /api/v1/backup", "/api/v1/backup", b1);
        write(409, "POST /api/v1/backup", "/api/v1/backup", b1);
        write(202, "POST /api/v1/backup", "/api/v1/backup?wait=0", "{\"backup_id\":\"b2\"," + there + "}");
        write(500, "POST /api/v1/backup", "/api/v1/backup", b1.replace("b1\"", "b3\",\"table_names\":[\"none\"]"));
        write(400, "POST /api/v1/backup", "/api/v1/backup", "{\"backup_id\":\"../x\"," + there + "}");
        write(403, "POST /api/v1/backup", "/api/v1/backup", "{\"backup_id\":\"b4\",\"location\":\"file:///etc\"}");

        String query = "?location=" + location;
        get(200, "/api/v1/backups" + query + "&limit=1", "/api/v1/backups");
        get(400, "/api/v1/backups", "/api/v1/backups");
        get(200, "/api/v1/backups/b1" + query, "/api/v1/backups/{id}");
        get(404, "/api/v1/backups/none" + query, "/api/v1/backups/{id}");
        write(202, "POST /api/v1/backups/{id}/verify", "/api/v1/backups/b1/verify", "{" + there + "}");
        write(404, "POST /api/v1/backups/{id}/verify", "/api/v1/backups/none/verify", "{" + there + "}");

        String restore = "POST /api/v1/restore";
        write(409, restore, "/api/v1/restore", b1);
        write(404, restore, "/api/v1/restore", b1.replace("b1", "none"));
        write(400, restore, "/api/v1/restore", b1.replace("b1\"", "b1\",\"restore_mode\":\"perhaps\""));
        String overwrite = b1.replace("b1\"", "b1\",\"restore_mode\":\"overwrite\"");
        write(200, restore, "/api/v1/restore?dry_run=metadata", overwrite);
        write(202, restore, "/api/v1/restore", overwrite);

        write(202, "DELETE /api/v1/backups/{id}", "/api/v1/backups/b1" + query, "");
        write(404, "DELETE /api/v1/backups/{id}", "/api/v1/backups/none" + query, "");
        write(202, "POST /api/v1/gc", "/api/v1/gc?dry_run=true", "{" + there + "}");
        write(400, "POST /api/v1/gc", "/api/v1/gc", "{\"location\":\"ftp://h/p\"}");
    }

    private void askForJobs() throws Exception {
        await().until(() -> Documents.json(node.get("/api/v1/jobs").body())
                .path("jobs")
                .valueStream()
                .allMatch(job -> !job.path("finished_at").isNull()));
        String id =
                Documents.json(node.get("/api/v1/jobs").body()).at("/jobs/0/id").stringValue();
        get(200, "/api/v1/jobs?limit=2", "/api/v1/jobs");
        get(400, "/api/v1/jobs?state=odd", "/api/v1/jobs");
        get(200, "/api/v1/jobs/" + id, "/api/v1/jobs/{id}");
        get(404, "/api/v1/jobs/none", "/api/v1/jobs/{id}");
        get(200, "/api/v1/jobs/" + id + "/events", "/api/v1/jobs/{id}/events");
        for (String change : new String[] {"cancel", "retry"}) {
            write(409, "POST /api/v1/jobs/{id}/" + change, "/api/v1/jobs/" + id + "/" + change, "");
            write(404, "POST /api/v1/jobs/{id}/" + change, "/api/v1/jobs/none/" + change, "");
        }
    }

    private void askTheWrites() throws Exception {
        String secret = "/api/v1/secrets/{key}";
        write(200, "PUT " + secret, "/api/v1/secrets/s3.key", "{\"value\":\"x\"}");
        get(200, "/api/v1/secrets");
        write(400, "PUT " + secret, "/api/v1/secrets/..", "{\"value\":\"x\"}");
        write(400, "PUT " + secret, "/api/v1/secrets/s3.key", "{\"value\":1}");
        write(413, "PUT " + secret, "/api/v1/secrets/s3.key", "{\"value\":\"" + "x".repeat(65 * 1024) + "\"}");
        write(415, "PUT " + secret, "/api/v1/secrets/s3.key", "");
        write(204, "DELETE " + secret, "/api/v1/secrets/s3.key", "");
        write(404, "DELETE " + secret, "/api/v1/secrets/s3.key", "");
        for (String write : new String[] {"PUT " + secret, "POST /admin/jfr", "POST /cluster/down"}) {
            String[] parts = write.split(" ");
            call(write, 401, parts[1].replace("{key}", "a"), Map.of(), "");
            call(write, 403, parts[1].replace("{key}", "a"), Map.of("Authorization", CheckedNode.READER), "");
        }
        write(200, "POST /admin/jfr", "/admin/jfr", "{\"seconds\":1}");
        write(400, "POST /admin/jfr", "/admin/jfr", "{\"seconds\":301}");
        // The only member has nobody to declare dead, so that there is no 200 here.
        write(400, "POST /cluster/down", "/cluster/down", "{\"address\":\"\"}");
        write(404, "POST /cluster/down", "/cluster/down", "{\"address\":\"other\"}");
        write(409, "POST /cluster/down", "/cluster/down", "{\"address\":\"kv-node\"}");
        write(200, "POST /cluster/leave", "/cluster/leave", "");
        get(503, "/ready");
        get(503, "/readyz?verbose", "/readyz");
        get(404, "/ready?drain=404", "/ready");
        get(404, "/health/quick?drain=404", "/health/quick");
        get(503, "/health/quick");
        write(503, "DELETE " + secret, "/api/v1/secrets/s3.key", "");
        write(200, "POST /cluster/leave", "/cluster/leave?force=true", "");
    }

    private void get(int status, String path) throws Exception {
        get(status, path, path);
    }

    private void get(int status, String target, String template) throws Exception {
        call("GET " + template, status, target, Map.of("Authorization", CheckedNode.READER), "");
    }

    private void write(int status, String operation, String target, String body) throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", CheckedNode.WRITER));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        call(operation, status, target, headers, body);
    }

    private void call(String operation, int status, String target, Map<String, String> headers, String body)
            throws Exception {
        HttpResponse<String> answer = node.send(operation.substring(0, operation.indexOf(' ')), target, headers, body);
        assertThat(answer.statusCode())
                .as("%s by %s: %s", operation, target, answer.body())
                .isEqualTo(status);
        promised.assertKept(operation, answer);
        called.add(operation);
    }
}
