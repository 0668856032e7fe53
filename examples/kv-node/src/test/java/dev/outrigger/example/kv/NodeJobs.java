package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The jobs of a node, as its sidecar shows them. */
final class NodeJobs {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MAX_BYTES = 1 << 20;
    private static final List<String> AT_WORK = List.of("pending", "running");

    private NodeJobs() {}

    /** A job. */
    record Job(String id, String type, String state, Optional<String> error) {

        private static Job of(JsonObject json) {
            return new Job(
                    json.string("id"), json.string("type"), json.string("state"), json.optionalString("last_error"));
        }
    }

    /** Reads what an answer says. */
    static JsonObject json(HttpResponse<String> answer) {
        return JsonReader.object(answer.body().getBytes(UTF_8), MAX_BYTES);
    }

    /** The newest jobs, the newest first. */
    static List<Job> list(NodeProcess node) {
        HttpResponse<String> answer = node.get("/api/v1/jobs?limit=50");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).objects("jobs").stream().map(Job::of).toList();
    }

    /** Waits until nothing is to be done; returns all jobs. */
    static List<Job> awaitAll(NodeProcess node) {
        return await("the end of all jobs")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(() -> list(node), jobs -> jobs.stream().noneMatch(job -> AT_WORK.contains(job.state())));
    }

    /** Waits until a job has ended. */
    static Job awaitEnd(NodeProcess node, String id) {
        return awaitAll(node).stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
