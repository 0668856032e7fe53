package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.util.List;
import java.util.function.Supplier;

/**
 * Serves {@code GET /admin/threads}, for authorised readers: the threads of the process, those in a deadlock first. As JSON, or
 * as text in the manner of {@code jstack} for whoever prefers {@code text/plain}.
 *
 * <pre>
 *   {"deadlocked":[],"threads":[{"id":1,"name":"main","state":"waiting","daemon":false,"deadlocked":false,
 *     "lock":"java.lang.Object@1b2c","lock_owner":null,"stack":["…"]}]}
 * </pre>
 */
public final class ThreadsRoute implements Handler {

    private static final String PLAIN = "text/plain";

    private static final Schema THREAD = Schema.object()
            .field("id", Schema.whole())
            .field("name", Schema.text())
            .field("state", Schema.text())
            .field("daemon", Schema.truth())
            .field("deadlocked", Schema.truth())
            .field("lock", Schema.text().orNull())
            .field("lock_owner", Schema.whole().orNull())
            .field("stack", Schema.listOf(Schema.text()))
            .named("Thread");

    private static final String ANSWER = "The threads, deadlocks first.";

    private static final Operation OPERATION = Operation.of("diagnostics")
            .answers(
                    200,
                    ANSWER,
                    Response.JSON,
                    Schema.object()
                            .field("deadlocked", Schema.listOf(Schema.whole()))
                            .field("threads", Schema.listOf(THREAD))
                            .named("Threads"))
            .answers(200, ANSWER, Response.TEXT, Schema.text());

    private final Supplier<ThreadSnapshot> threads;

    private ThreadsRoute(Supplier<ThreadSnapshot> threads) {
        this.threads = requireNonNull(threads, "threads");
    }

    /** Makes the route. */
    public static Route of() {
        return of(ThreadSnapshot::take);
    }

    static Route of(Supplier<ThreadSnapshot> threads) {
        return OptionalRoute.ADMIN_THREADS.draft().describedBy(OPERATION).handledBy(new ThreadsRoute(threads));
    }

    @Override
    public Response handle(Request request) {
        ThreadSnapshot snapshot = threads.get();
        CompleteResponse answer = prefersText(request.headers("Accept"))
                ? Response.text(200, text(snapshot))
                : Response.json(200, json(snapshot));
        return answer.withHeader("Vary", "Accept");
    }

    private static boolean prefersText(List<String> accept) {
        List<Preference> ranges = Preference.parse(String.join(",", accept));
        MediaMatch text = MediaMatch.of(ranges, PLAIN);
        MediaMatch json = MediaMatch.of(ranges, Response.JSON);
        return text.isNamed() && text.isPreferredTo(json);
    }

    private static byte[] json(ThreadSnapshot snapshot) {
        return JsonWriter.object(json -> json.anyField("deadlocked", snapshot.deadlocks())
                .array(
                        "threads",
                        list -> snapshot.threads().forEach(line -> list.element(fields -> write(fields, line)))));
    }

    private static void write(JsonWriter fields, ThreadSnapshot.Line line) {
        fields.field("id", line.id())
                .field("name", line.name())
                .field("state", line.state())
                .field("daemon", line.daemon())
                .field("deadlocked", line.deadlocked())
                .field("lock", line.lock().orElse(null))
                .anyField(
                        "lock_owner",
                        line.lockOwner().isPresent() ? line.lockOwner().getAsLong() : null)
                .texts("stack", line.stack());
    }

    private static String text(ThreadSnapshot snapshot) {
        StringBuilder text = new StringBuilder()
                .append(snapshot.threads().size())
                .append(" threads, ")
                .append(snapshot.deadlocks().size())
                .append(" of them in a deadlock\n");
        snapshot.threads().forEach(line -> write(text, line));
        return text.toString();
    }

    private static void write(StringBuilder text, ThreadSnapshot.Line line) {
        text.append("\n\"").append(line.name()).append("\" #").append(line.id());
        text.append(line.daemon() ? " daemon " : " ").append(line.state());
        line.lock().ifPresent(lock -> text.append(" on ").append(lock));
        line.lockOwner().ifPresent(owner -> text.append(" owned by #").append(owner));
        text.append(line.deadlocked() ? " (deadlocked)\n" : "\n");
        line.stack().forEach(call -> text.append("    at ").append(call).append('\n'));
    }
}
