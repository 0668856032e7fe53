package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Right;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.TaskExtension;
import dev.outrigger.task.MemoryTaskStore;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskProgress;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks of a whole sidecar, over the wire. */
final class JobsTest {

    private static final String WRITER = "Bearer wr1te";
    private static final String READER = "Bearer r3ad";

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TaskQueue queue = TaskQueue.over(MemoryTaskStore.create())
            .type("copy", TaskOptions.defaults(), this::copy)
            .closePatience(Duration.ofSeconds(20))
            .build();
    private final OpsSidecar sidecar = OpsSidecar.builder("node-1")
            .listen("127.0.0.1", 0)
            .drainDelay(Duration.ZERO)
            .install(TaskExtension.of(queue))
            .auth(BearerAuth.of("reader", "r3ad", Right.READ).and("writer", "wr1te", Right.WRITE))
            .metrics(MetricsSource.of("own", List.of(MetricFamily.gauge("depth", "Depth.", () -> 1))))
            .start();

    private TaskResult copy(TaskContext context) throws InterruptedException {
        context.log("copying " + context.task().payload());
        while (!goOn.await(10, TimeUnit.MILLISECONDS)) {
            context.checkpoint();
        }
        context.progress(TaskProgress.in("copy").bytes(5, 5));
        return TaskResult.of(json -> json.field("files", 3L));
    }

    @AfterEach
    void close() {
        sidecar.close();
    }

    private String path(Task task) {
        return "/api/v1/jobs/" + task.id();
    }

    private HttpResponse<String> call(String method, String path, String token) {
        return Probing.send(sidecar, method, path, "Authorization", token);
    }

    @Test
    void aClientFollowsAJobToItsEnd() throws Exception {
        Task task = queue.enqueue(TaskRequest.of("copy", "kv"));
        URI uri = URI.create("http://127.0.0.1:" + sidecar.address().getPort() + path(task) + "/events");
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Authorization", READER).build();
        HttpResponse<Stream<String>> events = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        List<String> kinds = new ArrayList<>();
        try (Stream<String> lines = events.body()) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                String line = each.next();
                if (line.startsWith("event: ")) {
                    kinds.add(line.substring("event: ".length()));
                    goOn.countDown();
                }
                if (line.startsWith("data: ") && kinds.get(kinds.size() - 1).equals("end")) {
                    assertThat(line).contains("\"state\":\"completed\"").endsWith("\"result\":{\"files\":3}}");
                }
            }
        }
        assertThat(kinds).startsWith("state").endsWith("progress", "state", "end");
        assertThat(call("GET", path(task), READER).body()).endsWith("\"result\":{\"files\":3}}");
        assertThat(call("GET", "/api/v1/jobs", READER).body()).startsWith("{\"jobs\":[{\"id\":\"" + task.id());
    }

    @Test
    void onlyAWriterCancelsAndRetries() {
        Task task = queue.enqueue(TaskRequest.of("copy", "kv"));
        await().until(() -> state(task) == TaskState.RUNNING);
        assertThat(call("POST", path(task) + "/cancel", READER).statusCode()).isEqualTo(403);
        assertThat(call("POST", path(task) + "/cancel", WRITER).statusCode()).isEqualTo(200);
        await().until(() -> state(task) == TaskState.CANCELED);
        assertThat(call("POST", path(task) + "/retry", WRITER).statusCode()).isEqualTo(200);
        assertThat(call("POST", path(task) + "/retry", WRITER).statusCode()).isEqualTo(409);
        sidecar.drain();
        assertThat(call("POST", path(task) + "/retry", WRITER).headers().firstValue("Retry-After"))
                .hasValue("5");
        assertThat(call("POST", path(task) + "/cancel", WRITER).statusCode()).isEqualTo(200);
    }

    private TaskState state(Task task) {
        return queue.find(task.id()).orElseThrow().state();
    }

    @Test
    void metricsTellWhatWaitsAndHowItEnds() {
        goOn.countDown();
        Task done = queue.enqueue(TaskRequest.of("copy", "kv"));
        Task strange = queue.enqueue(TaskRequest.of("strange", ""));
        await().until(() -> state(done).isFinal() && state(strange).isFinal());
        await().untilAsserted(
                        () -> assertThat(call("GET", "/metrics", READER).body()).contains("""
                # HELP outrigger_tasks Tasks by their state.
                # TYPE outrigger_tasks gauge
                outrigger_tasks{state="pending"} 0
                outrigger_tasks{state="running"} 0
                outrigger_tasks{state="completed"} 1
                outrigger_tasks{state="failed"} 1
                outrigger_tasks{state="canceled"} 0
                # HELP outrigger_tasks_completed_total Tasks that this process has completed.
                # TYPE outrigger_tasks_completed_total counter
                outrigger_tasks_completed_total{type="copy"} 1
                # HELP outrigger_tasks_failed_total Tasks that this process has given up.
                # TYPE outrigger_tasks_failed_total counter
                outrigger_tasks_failed_total{type="copy"} 0
                outrigger_tasks_failed_total{type="unknown"} 1
                # HELP outrigger_tasks_unreadable_total Records of tasks that could not be read.
                # TYPE outrigger_tasks_unreadable_total counter
                outrigger_tasks_unreadable_total 0
                """));
    }

    @Test
    void theQueueEndsWithTheSidecarAndSoDoStreams() throws Exception {
        Task task = queue.enqueue(TaskRequest.of("copy", "kv"));
        await().until(() -> state(task) == TaskState.RUNNING);
        try (RawClient client = new RawClient(sidecar.address(), 8 * 1024)) {
            client.send("GET " + path(task) + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + READER
                    + "\r\n\r\n");
            client.readUntil("event: state");
            sidecar.close();
            assertThat(client.readToEnd()).doesNotContain("event: end").endsWith("0\r\n\r\n");
        }
        assertThat(state(task)).isEqualTo(TaskState.PENDING);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("outrigger-task"));
    }
}
