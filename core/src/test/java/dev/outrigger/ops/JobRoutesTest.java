package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.EventSink;
import dev.outrigger.http.EventsResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Response;
import dev.outrigger.http.RouteMatch;
import dev.outrigger.http.RouteTable;
import dev.outrigger.http.ServerEvent;
import dev.outrigger.task.HandQueue;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskProgress;
import dev.outrigger.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobRoutesTest {

    private static final String NO_PROGRESS =
            "{\"phase\":null,\"done_bytes\":0,\"total_bytes\":null,\"done_shards\":0,\"total_shards\":null}";

    private boolean draining;
    private final HandQueue hand = HandQueue.of(builder -> builder.maxPending(3)
            .type("backup", TaskOptions.defaults(), JobRoutesTest::backUp)
            .type("restore", TaskOptions.defaults(), context -> {
                throw TaskFailure.terminal("no such backup: b-1");
            }));
    private final RouteTable table = RouteTable.of("", JobRoutes.of(hand.queue(), "/api/v1", () -> draining));

    private static TaskResult backUp(TaskContext context) {
        context.log("table kv");
        context.progress(TaskProgress.in("shards").bytes(10, 20).shards(1, 2));
        return TaskResult.of(json -> json.field("status", "completed"));
    }

    private static String document(Task task, String state, int attempts, String rest) {
        return "{\"id\":\"" + task.id() + "\",\"type\":\"" + task.type() + "\",\"state\":\"" + state
                + "\",\"priority\":0,\"attempts\":" + attempts + ",\"max_attempts\":5,\"progress\":" + rest;
    }

    private static String pending(Task task) {
        return document(
                task,
                "pending",
                0,
                NO_PROGRESS + ",\"last_error\":null,\"created_at\":\"2026-11-21T12:00:00.000Z\","
                        + "\"updated_at\":\"2026-11-21T12:00:00.000Z\",\"finished_at\":null,\"result\":null}");
    }

    private static String ended(Task task, String state, int attempts, String progress, String error, String result) {
        return document(
                task,
                state,
                attempts,
                progress + ",\"last_error\":" + error + ",\"created_at\":\"2026-11-21T12:00:00.000Z\","
                        + "\"updated_at\":\"2026-11-21T12:00:00.000Z\",\"finished_at\":\"2026-11-21T12:00:00.000Z\","
                        + "\"result\":" + result + "}");
    }

    private static String completed(Task task) {
        return ended(
                task,
                "completed",
                1,
                "{\"phase\":\"shards\",\"done_bytes\":10,\"total_bytes\":20,\"done_shards\":1,\"total_shards\":2}",
                "null",
                "{\"status\":\"completed\"}");
    }

    @Test
    void aJobIsToldAsItIs() {
        Task task = hand.enqueue("backup", "{\"secret\":\"location\"}");
        assertThat(get("/api/v1/jobs/" + task.id())).isEqualTo("200 " + pending(task));
        hand.tick();
        assertThat(get("/api/v1/jobs/" + task.id())).isEqualTo("200 " + completed(task));
    }

    @Test
    void jobsAreListedTheNewestFirstPageByPage() {
        assertThat(get("/api/v1/jobs")).isEqualTo("200 {\"jobs\":[],\"next\":null}");
        Task first = hand.enqueue("backup", "");
        hand.tick();
        Task second = hand.enqueue("backup", "");
        Task third = hand.enqueue("backup", "");

        assertThat(get("/api/v1/jobs?limit=2"))
                .isEqualTo("200 {\"jobs\":[" + pending(third) + "," + pending(second) + "],\"next\":\"" + second.id()
                        + "\"}");
        assertThat(get("/api/v1/jobs?limit=2&cursor=" + second.id()))
                .isEqualTo("200 {\"jobs\":[" + completed(first) + "],\"next\":null}");
        assertThat(get("/api/v1/jobs?state=completed"))
                .isEqualTo("200 {\"jobs\":[" + completed(first) + "],\"next\":null}");
        assertThat(get("/api/v1/jobs?state=running")).isEqualTo("200 {\"jobs\":[],\"next\":null}");
    }

    @Test
    void whatIsNotAskedProperlyIs400() {
        assertThat(get("/api/v1/jobs?limit=0"))
                .isEqualTo(problem(400, "Query parameter limit: expected a whole number from 1 to 1000"));
        assertThat(get("/api/v1/jobs?limit=1001")).startsWith("400 ");
        assertThat(get("/api/v1/jobs?limit=x")).startsWith("400 ");
        assertThat(get("/api/v1/jobs?cursor=../x"))
                .isEqualTo(problem(400, "Query parameter cursor: expected what an answer gave as next"));
        assertThat(get("/api/v1/jobs?cursor=")).startsWith("400 ");
        assertThat(get("/api/v1/jobs?state=done"))
                .isEqualTo(problem(
                        400, "Query parameter state: expected pending, running, completed, failed or canceled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "%2e%2e", "a%20b", "a%0a", "%c3%a4"})
    void aJobThatThereIsNotIs404(String id) {
        String unknown = problem(404, "No such job");
        assertThat(get("/api/v1/jobs/" + id)).isEqualTo(unknown);
        assertThat(get("/api/v1/jobs/" + id + "/events")).isEqualTo(unknown);
        assertThat(post("/api/v1/jobs/" + id + "/cancel")).isEqualTo(unknown);
        assertThat(post("/api/v1/jobs/" + id + "/retry")).isEqualTo(unknown);
    }

    @Test
    void whatWaitsCanBeCanceledAndBegunAgain() {
        Task task = hand.enqueue("backup", "");
        String path = "/api/v1/jobs/" + task.id();
        assertThat(post(path + "/retry")).isEqualTo(problem(409, "state: pending (expected: failed or canceled)"));
        assertThat(post(path + "/cancel")).isEqualTo("200 " + ended(task, "canceled", 0, NO_PROGRESS, "null", "null"));
        assertThat(post(path + "/retry")).isEqualTo("200 " + pending(task));
        hand.tick();
        assertThat(post(path + "/cancel")).isEqualTo(problem(409, "state: completed (expected: pending or running)"));
        assertThat(post(path + "/retry")).isEqualTo(problem(409, "state: completed (expected: failed or canceled)"));
    }

    @Test
    void aJobThatFailedSaysWhy() {
        Task task = hand.enqueue("restore", "");
        hand.tick();
        assertThat(get("/api/v1/jobs/" + task.id()))
                .isEqualTo("200 " + ended(task, "failed", 1, NO_PROGRESS, "\"no such backup: b-1\"", "null"));
    }

    @Test
    void aNodeThatDrainsCancelsButBeginsNothingAgain() {
        Task task = hand.enqueue("backup", "");
        draining = true;
        assertThat(post("/api/v1/jobs/" + task.id() + "/cancel")).startsWith("200 ");
        assertThat(post("/api/v1/jobs/" + task.id() + "/retry")).isEqualTo(problem(503, "The node is draining") + " 5");
        draining = false;
        hand.enqueue("backup", "");
        hand.enqueue("backup", "");
        hand.enqueue("backup", "");
        assertThat(post("/api/v1/jobs/" + task.id() + "/retry")).isEqualTo(problem(503, "Too many jobs wait") + " 5");
        hand.queue().close();
        assertThat(post("/api/v1/jobs/" + task.id() + "/retry"))
                .isEqualTo(problem(503, "The node is shutting down") + " 5");
    }

    @Test
    void whatHappensToAJobIsToldAsItHappens() throws Exception {
        Task task = hand.enqueue("backup", "");
        Told told = subscribe(task, "");
        hand.tick();

        long id = 1_795_262_400_000_000L;
        String running = document(
                task,
                "running",
                1,
                NO_PROGRESS + ",\"last_error\":null,\"created_at\":\"2026-11-21T12:00:00.000Z\","
                        + "\"updated_at\":\"2026-11-21T12:00:00.000Z\",\"finished_at\":null,\"result\":null}");
        assertThat(told.text())
                .isEqualTo(event(id, "state", pending(task))
                        + event(id + 1, "state", running)
                        + event(id + 2, "log", "{\"time\":\"2026-11-21T12:00:00.000Z\",\"line\":\"table kv\"}")
                        + event(
                                id + 3,
                                "progress",
                                "{\"phase\":\"shards\",\"done_bytes\":10,\"total_bytes\":20,\"done_shards\":1,"
                                        + "\"total_shards\":2}")
                        + event(id + 4, "state", completed(task))
                        + event(id + 5, "end", completed(task))
                        + "(end)");
        assertThat(subscribe(task, Long.toString(id + 3)).text())
                .isEqualTo(event(id + 4, "state", completed(task)) + event(id + 5, "end", completed(task)) + "(end)");
        for (String strange : List.of("", "7", "x", "-1", Long.toString(id + 99), "9".repeat(19))) {
            assertThat(subscribe(task, strange).text())
                    .isEqualTo(
                            event(id + 5, "state", completed(task)) + event(id + 5, "end", completed(task)) + "(end)");
        }
    }

    @Test
    void whoHasSeenTheEndIsToldThatThereIsNothingToComeBackFor() {
        Task task = hand.enqueue("backup", "");
        hand.tick();
        assertThat(told(FakeRequest.get("/api/v1/jobs/" + task.id() + "/events")
                        .header("Last-Event-ID", "1795262400000005")))
                .isEqualTo("204 ");
    }

    @Test
    void whoMissedMoreThanFitsIsToldHowThingsStand() throws Exception {
        HandQueue chatty = HandQueue.of(builder -> builder.type("chat", TaskOptions.defaults(), context -> {
            for (int line = 0; line < 200; line++) {
                context.log("x".repeat(500));
            }
            return TaskResult.of(json -> json.field("text", "x".repeat(9_000)));
        }));
        RouteTable routes = RouteTable.of("", JobRoutes.of(chatty.queue(), "", () -> false));
        Task task = chatty.enqueue("chat", "");
        Told told = new Told();
        String events = "/jobs/" + task.id() + "/events";
        ((EventsResponse) response(routes, FakeRequest.get(events)))
                .feed()
                .open(told)
                .close();
        assertThat(told.text()).startsWith("id: 1795262400000000\nevent: state\n");
        chatty.tick();
        Told late = new Told();
        ((EventsResponse) response(routes, FakeRequest.get(events).header("Last-Event-ID", "1795262400000000")))
                .feed()
                .open(late)
                .close();
        assertThat(late.events).hasSize(2);
        assertThat(late.events.get(0).data())
                .contains("\"state\":\"completed\"")
                .endsWith("\"result\":null}");
    }

    private static String event(long id, String kind, String data) {
        return "id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n";
    }

    private Told subscribe(Task task, String seen) throws Exception {
        FakeRequest request = FakeRequest.get("/api/v1/jobs/" + task.id() + "/events");
        Response response = response(table, seen.isEmpty() ? request : request.header("Last-Event-ID", seen));
        Told told = new Told();
        assertThat(((EventsResponse) response).feed().open(told)).isNotNull();
        return told;
    }

    /** A client that takes everything. */
    private static final class Told implements EventSink {

        private final List<ServerEvent> events = new ArrayList<>();
        private boolean ended;

        @Override
        public boolean send(ServerEvent event) {
            events.add(event);
            return true;
        }

        @Override
        public void end() {
            ended = true;
        }

        String text() {
            StringBuilder text = new StringBuilder();
            events.forEach(event -> text.append(new String(event.encode(), UTF_8)));
            return text.append(ended ? "(end)" : "").toString();
        }
    }

    private static String problem(int status, String error) {
        return status + " {\"error\":\"" + error + "\",\"status\":" + status + ",\"request_id\":\"request-1\"}";
    }

    private String get(String target) {
        return told(FakeRequest.get(target));
    }

    private String post(String path) {
        return told(FakeRequest.get(path).as(Method.POST));
    }

    private String told(FakeRequest request) {
        Response answer = response(table, request);
        return ProbeClient.told(answer)
                + ProbeClient.header(answer, "Retry-After")
                        .map(seconds -> " " + seconds)
                        .orElse("");
    }

    private static Response response(RouteTable table, FakeRequest request) {
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
