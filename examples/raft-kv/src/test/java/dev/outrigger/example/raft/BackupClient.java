package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** Asks a cluster for backups and restores at one place, as an operator does. */
final class BackupClient {

    private static final Set<String> FINAL = Set.of("completed", "failed", "canceled");
    private static final int MAX_BYTES = 1 << 20;

    private final ClusterProcesses cluster;
    private final String location;

    BackupClient(ClusterProcesses cluster, String location) {
        this.cluster = cluster;
        this.location = location;
    }

    /** Orders a backup of everything at a node, and returns its job. */
    String orderBackup(String node, String id) {
        return job(Http.post(
                cluster.ops(node),
                "/api/v1/backup?wait=0",
                "{\"backup_id\":\"%s\",\"location\":\"%s\"}".formatted(id, location)));
    }

    /** Orders that everything comes back in place of what is there, and returns the job. */
    String orderRestore(String node, String id) {
        return job(Http.post(
                cluster.ops(node),
                "/api/v1/restore",
                "{\"backup_id\":\"%s\",\"location\":\"%s\",\"restore_mode\":\"overwrite\"}".formatted(id, location)));
    }

    private static String job(HttpResponse<String> answer) {
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return document(answer).string("job_id");
    }

    /** Waits for the end of a job, which may begin with waiting for its node, and returns its record. */
    JsonObject awaitEnd(String node, String job) {
        try {
            return await("the end of job " + job + " at " + node)
                    .atMost(ClusterProcesses.PATIENCE.multipliedBy(2))
                    .ignoreException(UncheckedIOException.class)
                    .until(
                            () -> document(Http.get(cluster.ops(node), "/api/v1/jobs/" + job)),
                            record -> FINAL.contains(record.string("state")));
        } catch (ConditionTimeoutException e) {
            cluster.tell();
            throw new AssertionError(record(node, job), e);
        }
    }

    /** Returns the ids of the backups that there are, as a node sees it. */
    List<String> backups(String node) {
        return document(Http.get(cluster.ops(node), "/api/v1/backups?location=" + location)).objects("backups").stream()
                .map(backup -> backup.string("backup_id"))
                .toList();
    }

    /** Returns what a backup's manifest says of its tables and shards. */
    String manifest(String id) {
        return Http.get(cluster.ops("n1"), "/api/v1/backups/" + id + "?location=" + location)
                .body();
    }

    /** Returns all that a node tells of a job. */
    String record(String node, String job) {
        return Http.get(cluster.ops(node), "/api/v1/jobs/" + job).body();
    }

    private static JsonObject document(HttpResponse<String> answer) {
        return JsonReader.object(answer.body().getBytes(UTF_8), MAX_BYTES);
    }
}
