package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskConflictException;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRefusedException;
import dev.outrigger.task.TaskState;
import dev.outrigger.task.TaskStoreException;
import dev.outrigger.task.UnknownTaskException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Serves {@code /jobs} below the prefix of the admin API: what is, was and will be done behind requests.
 *
 * <pre>
 *   GET  …/jobs                         {"jobs":[…],"next":"…"|null}, the newest first; ?limit, ?cursor, ?state
 *   GET  …/jobs/{id}                    one job
 *   GET  …/jobs/{id}/events             what happens to it: state, progress, log, at last end
 *   POST …/jobs/{id}/cancel             200 and the job, 409 where it has ended otherwise
 *   POST …/jobs/{id}/retry              200 and the job, 409 where it has not failed nor been canceled
 * </pre>
 *
 * <p>A job is {@code {"id","type","state","priority","attempts","max_attempts","progress":{"phase","done_bytes","total_bytes",
 * "done_shards","total_shards"},"last_error","created_at","updated_at","finished_at","result"}}.
 */
public final class JobRoutes {

    private static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;
    private static final int RETRY_SECONDS = 5;
    private static final Pattern EVENT_ID = Pattern.compile("[0-9]{1,18}");

    private static final Problem UNKNOWN = Problem.notFound("No such job");
    private static final Problem DRAINING = Problem.busy("The node is draining", RETRY_SECONDS);
    private static final Problem FULL = Problem.busy("Too many jobs wait", RETRY_SECONDS);
    private static final Problem CLOSED = Problem.busy("The node is shutting down", RETRY_SECONDS);
    private static final Problem BAD_CURSOR =
            Problem.badRequest("Query parameter cursor: expected what an answer gave as next");
    private static final Problem BAD_STATE =
            Problem.badRequest("Query parameter state: expected pending, running, completed, failed or canceled");

    private final TaskQueue queue;
    private final BooleanSupplier draining;

    private JobRoutes(TaskQueue queue, BooleanSupplier draining) {
        this.queue = requireNonNull(queue, "queue");
        this.draining = requireNonNull(draining, "draining");
    }

    /**
     * Makes the routes.
     *
     * @param prefix of the admin API, such as {@code /api/v1}
     * @param draining asked before a job is begun again; one that runs can be canceled all the same
     */
    public static List<Route> of(TaskQueue queue, String prefix, BooleanSupplier draining) {
        JobRoutes routes = new JobRoutes(queue, draining);
        String one = prefix + "/jobs/{id}";
        return List.of(
                Route.get(prefix + "/jobs")
                        .summary("What is done behind requests, the newest first")
                        .describedBy(JobOperations.LIST)
                        .handledBy(routes::list),
                Route.get(one).summary("One job").describedBy(JobOperations.ONE).handledBy(routes::one),
                Route.get(one + "/events")
                        .summary("What happens to a job, as it happens")
                        .describedBy(JobOperations.EVENTS)
                        .handledBy(routes::events),
                Route.writing(Method.POST, one + "/cancel")
                        .summary("Calls a job off")
                        .describedBy(JobOperations.CANCEL)
                        .handledBy(routes.changing(queue::cancel)),
                Route.writing(Method.POST, one + "/retry")
                        .summary("Begins a job again that failed or was called off")
                        .describedBy(JobOperations.RETRY)
                        .handledBy(routes.unlessDraining(routes.changing(queue::retry))));
    }

    private Response list(Request request) {
        Query query = request.query();
        int limit = query.number("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
        // One more than asked for tells whether there is a next page.
        List<Task> found = queue.list(new TaskPage(state(query), cursor(query), limit + 1));
        List<Task> jobs = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? jobs.get(limit - 1).id().value() : null;
        return Response.json(
                200,
                JsonWriter.object(json -> json.array(
                                "jobs",
                                list -> jobs.forEach(job -> list.element(fields -> JobDocument.write(fields, job))))
                        .field("next", next)));
    }

    private static Optional<TaskId> cursor(Query query) {
        return query.first("cursor").map(text -> id(text).orElseThrow(BAD_CURSOR::asException));
    }

    private static Optional<TaskState> state(Query query) {
        return query.first("state").map(word -> TaskState.of(word).orElseThrow(BAD_STATE::asException));
    }

    private Response one(Request request) {
        return Response.json(200, JobDocument.of(find(request)));
    }

    private Task find(Request request) {
        return queue.find(pathId(request)).orElseThrow(UNKNOWN::asException);
    }

    private Response events(Request request) {
        Task job = find(request);
        OptionalLong seen = lastSeen(request);
        // To a client that asks again after the end, as browsers do, 204 says that there is nothing to come back for.
        if (job.state().isFinal() && queue.eventsAfter(job.id(), seen).isEmpty()) {
            return Response.empty(204);
        }
        return Response.events(new JobFeed(queue, job.id(), seen));
    }

    /** An id that is none was not ours, and its client is told how things stand. */
    private static OptionalLong lastSeen(Request request) {
        Optional<String> id = request.header("Last-Event-ID")
                .filter(text -> EVENT_ID.matcher(text).matches());
        return id.isPresent() ? OptionalLong.of(Long.parseLong(id.get())) : OptionalLong.empty();
    }

    private Handler unlessDraining(Handler handler) {
        return request -> {
            if (draining.getAsBoolean()) {
                throw DRAINING.asException();
            }
            return handler.handle(request);
        };
    }

    /** What is done to a job. */
    @FunctionalInterface
    private interface Change {
        Task apply(TaskId id);
    }

    /** A handler that knows what the queue's refusals mean to a client. */
    private Handler changing(Change change) {
        return request -> {
            try {
                return Response.json(200, JobDocument.of(change.apply(pathId(request))));
            } catch (UnknownTaskException e) {
                throw UNKNOWN.asException();
            } catch (TaskConflictException e) {
                throw Problem.of(409, String.valueOf(e.getMessage())).asException();
            } catch (TaskRefusedException e) {
                throw switch (e.reason()) {
                    case FULL -> FULL.asException();
                    case CLOSED -> CLOSED.asException();
                };
            } catch (TaskStoreException e) {
                throw switch (e.reason()) {
                    case CLOSED -> CLOSED.asException();
                    case TAKEN, UNREADABLE, NOT_WRITTEN -> e; // 500: the log has more to say, and waiting may not help.
                };
            }
        };
    }

    private static TaskId pathId(Request request) {
        return id(request.pathParameter("id")).orElseThrow(UNKNOWN::asException);
    }

    private static Optional<TaskId> id(String text) {
        try {
            return Optional.of(new TaskId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
