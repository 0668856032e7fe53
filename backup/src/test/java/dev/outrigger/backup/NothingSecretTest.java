package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.jobOf;
import static dev.outrigger.backup.TestNode.json;
import static dev.outrigger.backup.TestNode.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.location.MemoryStore.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No answer and no document of a job names a place on the machine, a class, or what a host or a store has thrown. */
class NothingSecretTest {

    private static final byte[] KEY = "canary-canary-canary".getBytes(UTF_8);

    @TempDir
    Path directory;

    private TestNode node;
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void see(String answer) {
        seen.add(answer);
    }

    /** Waits until each job has failed at least once, or has ended. */
    private void awaitFailures() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> json(node.get("/jobs?limit=1000")).objects("jobs").stream()
                        .allMatch(job -> job.optionalString("last_error").isPresent()
                                || job.optionalString("finished_at").isPresent()));
    }

    private void throwing(RuntimeException failure) {
        node.tables.steps(new Steps() {
            @Override
            public void before(String step) {
                throw failure;
            }
        });
    }

    @Test
    void whateverFailsOnlyTheLogKnowsWhere() throws Exception {
        node = new TestNode(directory, builder -> builder.signingKey(KEY)).start();
        see(node.backUp("b0"));
        for (Operation operation : Operation.values()) {
            for (String suffix : List.of("", "b1.tar.zst")) {
                node.store().hook(Hooks.failing(operation, suffix));
                see(node.post("/backup?wait=0", order("b1")));
                see(node.post("/restore", order("b0", "\"restore_mode\":\"overwrite\"")));
                see(node.get("/backups?location=" + TestNode.HERE));
                see(node.get("/backups/b0?location=" + TestNode.HERE));
                see(node.delete("/backups/b9?location=" + TestNode.HERE));
                awaitFailures();
                see(node.get("/jobs?limit=1000"));
                node.jobs("backup").forEach(job -> see(node.post("/jobs/" + job.string("id") + "/cancel", "")));
                node.jobs("restore").forEach(job -> see(node.post("/jobs/" + job.string("id") + "/cancel", "")));
            }
        }
        node.store().hook(Hooks.NOTHING);
        throwing(new IllegalArgumentException("canary: /var/secret"));
        for (String id : List.of("h1", "h2")) {
            String job = jobOf(node.post("/backup?wait=0", order(id)));
            awaitFailures();
            see(node.get("/jobs/" + job));
        }
        assertNothingIsSeen();
    }

    @Test
    void aDirectoryIsOnlyNamedAsTheClientHasNamedIt() throws Exception {
        Path real = Files.createDirectories(directory.resolve("canary-real"));
        Files.createSymbolicLink(directory.resolve("link"), real);
        String location = directory.resolve("link").toUri().toString();
        node = new TestNode(directory);
        Backups backups = Backups.builder("n", "kv-node", "1", node.tables, node.tables, directory.resolve("ops"))
                .root(location)
                .open();
        node.backups = backups;
        node.sidecar = new TestSidecar();
        backups.install(node.sidecar);
        node.sidecar.start();
        String body = "{\"backup_id\":\"b1\",\"location\":\"" + location + "\"}";
        see(node.post("/backup?wait=0", body));
        String job = jobOf(seen.get(0));
        node.await(job, "completed");
        Files.delete(real.resolve("shard-0-users-b1.tar.zst"));
        see(node.get("/backups?location=" + location));
        see(node.post("/restore", body));
        see(node.post("/restore", body.replace("}", ",\"restore_mode\":\"overwrite\"}")));
        String verify = jobOf(node.post("/backups/b1/verify", "{\"location\":\"" + location + "\"}"));
        node.await(verify, "completed");
        Files.delete(directory.resolve("link"));
        see(node.post("/backup", body));
        see(node.get("/backups?location=" + location));
        see(node.get("/jobs"));
        see(node.post("/backup", "{\"backup_id\":\"b1\",\"location\":\"file:///etc\"}"));
        Map<String, String> failures = Map.of("path", directory.resolve("data").toString(), "real", real.toString());

        failures.values().forEach(place -> assertThat(seen).noneMatch(answer -> answer.contains(place)));
        assertNothingIsSeen();
    }

    private void assertNothingIsSeen() {
        assertThat(seen)
                .isNotEmpty()
                .noneMatch(answer -> answer.contains("canary"))
                .noneMatch(answer -> answer.contains("Exception"))
                .noneMatch(answer -> answer.contains("dev.outrigger"))
                .noneMatch(answer -> answer.contains("java."));
    }
}
