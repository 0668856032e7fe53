package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.LocationRoots;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * A node with two tables, backups in memory, and a clock that stands still. It can be closed and opened again, on what was there.
 *
 * <p>Its tasks run on the queue's own threads; a retry, or what is done by the clock, waits for {@link #pass}.
 */
final class TestNode implements AutoCloseable {

    /** Where its backups go. */
    static final String HERE = "s3://bucket/backups";

    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final Path directory;
    final TestClock clock = new TestClock();
    final TestTables tables;
    final MemoryPlans plans = new MemoryPlans();
    private final Map<String, MemoryStore> stores = new ConcurrentHashMap<>();
    private final UnaryOperator<BackupsBuilder> settings;
    Backups backups;
    TestSidecar sidecar;

    TestNode(Path directory) throws IOException {
        this(directory, builder -> builder);
    }

    TestNode(Path directory, UnaryOperator<BackupsBuilder> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.tables = new TestTables(directory.resolve("data"));
        tables.put("orders", Map.of("0/data/a", "alpha", "1/data/b", "beta"));
        tables.put("users", Map.of("0/data/c", "gamma"));
    }

    /** Opens it, and has it begin to work. */
    TestNode start() throws IOException {
        install(new TestSidecar());
        sidecar.start();
        return this;
    }

    /** Opens it, plugged into a sidecar that has not been started. */
    TestNode install(TestSidecar into) throws IOException {
        return install(into, settings);
    }

    TestNode install(TestSidecar into, UnaryOperator<BackupsBuilder> others) throws IOException {
        LocationRoots roots = LocationRoots.parse(List.of("s3://bucket"));
        BackupsBuilder builder = Backups.builder("node-1", "kv-node", "1.0", tables, tables, directory.resolve("ops"))
                .root("s3://bucket")
                .plans(plans)
                .clock(clock)
                .opener(location -> {
                    roots.check(location);
                    return store(location.toString());
                });
        backups = others.apply(builder).open();
        sidecar = into;
        backups.install(sidecar);
        return this;
    }

    /** What is stored at a location. */
    MemoryStore store(String location) {
        return stores.computeIfAbsent(location, any -> new MemoryStore());
    }

    MemoryStore store() {
        return store(HERE);
    }

    StoredBackup stored(String id) {
        return new StoredBackup(store().elsewhere(), new BackupId(id));
    }

    /** Closes it as its sidecar does, and opens it again. */
    TestNode restart() throws Exception {
        close();
        return start();
    }

    /** Lets time pass, and whatever is due then begin. */
    void pass(Duration time) {
        clock.move(time);
        wake();
    }

    /** Has the queue look at the clock. */
    void wake() {
        post("/gc?dry_run=true", "{\"location\":\"s3://bucket/nothing\"}");
    }

    String get(String path) {
        return told(ask(Method.GET, path, ""));
    }

    String post(String path, String body) {
        return told(ask(Method.POST, path, body));
    }

    String delete(String path) {
        return told(ask(Method.DELETE, path, ""));
    }

    /** Asks for something below the prefix of the admin API. */
    Response ask(Method method, String path, String body) {
        return sidecar.ask(TestRequest.of(method, "/api/v1" + path, body));
    }

    /** Makes a backup of all tables, and waits for it. */
    String backUp(String id) {
        return answered(ask(Method.POST, "/backup", order(id)));
    }

    static String order(String id) {
        return "{\"backup_id\":\"" + id + "\",\"location\":\"" + HERE + "\"}";
    }

    static String order(String id, String more) {
        return "{\"backup_id\":\"" + id + "\",\"location\":\"" + HERE + "\"," + more + "}";
    }

    /** Returns an answer once it is there. */
    static String answered(Response response) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !told(response).equals("not yet"));
        return told(response);
    }

    /** Status and body, then the header fields that a client acts on. */
    static String told(Response response) {
        if (response instanceof LaterResponse later) {
            return later.stage()
                    .toCompletableFuture()
                    .handle((answer, failure) -> failure == null ? told(answer) : told(failure))
                    .getNow("not yet");
        }
        CompleteResponse complete = (CompleteResponse) response;
        StringBuilder text = new StringBuilder(complete.status() + " " + new String(complete.body(), UTF_8));
        complete.headers().stream()
                .filter(field -> !field.name().equals("Content-Type"))
                .forEach(field ->
                        text.append(' ').append(field.name()).append(": ").append(field.value()));
        return text.toString();
    }

    private static String told(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof ProblemException problem
                ? told(problem.problem().toResponse("request-1"))
                : "unexpected: " + cause;
    }

    static String problem(int status, String error) {
        return status + " {\"error\":\"" + error + "\",\"status\":" + status + ",\"request_id\":\"request-1\"}";
    }

    /** The body of an answer. */
    static JsonObject json(String told) {
        String body = told.substring(4, told.lastIndexOf('}') + 1);
        return JsonReader.object(body.getBytes(UTF_8), MAX_BYTES);
    }

    static String jobOf(String told) {
        return json(told).string("job_id");
    }

    JsonObject job(String id) {
        return json(get("/jobs/" + id));
    }

    /** All jobs of a type, the newest first. */
    List<JsonObject> jobs(String type) {
        return json(get("/jobs?limit=1000")).objects("jobs").stream()
                .filter(job -> job.string("type").equals(type))
                .toList();
    }

    /** Waits until a job is in a state, and returns it. */
    JsonObject await(String job, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(job(job).string("state")).isEqualTo(state));
        return job(job);
    }

    @Override
    public void close() throws Exception {
        sidecar.close();
        backups.close();
    }
}
