package dev.outrigger.ops;

import dev.outrigger.http.Operation;
import dev.outrigger.http.Response;
import dev.outrigger.schema.Schema;
import dev.outrigger.task.TaskState;

/** What the routes of jobs take and answer, for the documentation. */
final class JobOperations {

    private static final Schema PROGRESS = Schema.object()
            .field("phase", Schema.text().orNull())
            .field("done_bytes", Schema.whole())
            .field("total_bytes", Schema.whole().orNull())
            .field("done_shards", Schema.whole())
            .field("total_shards", Schema.whole().orNull())
            .named("JobProgress");

    private static final Schema STATE = Schema.oneOf(TaskState.values(), TaskState::word);

    private static final Schema JOB = Schema.object()
            .field("id", Schema.text())
            .field("type", Schema.text())
            .field("state", STATE)
            .field("priority", Schema.whole())
            .field("attempts", Schema.whole())
            .field("max_attempts", Schema.whole())
            .field("progress", PROGRESS)
            .field("last_error", Schema.text().orNull())
            .field("created_at", Schema.time())
            .field("updated_at", Schema.time())
            .field("finished_at", Schema.time().orNull())
            .field("result", Schema.object().orNull())
            .named("Job");

    private static final Operation ANY = Operation.of("jobs");

    static final Operation LIST = ANY.query(
                    "limit", Schema.whole(1, JobRoutes.MAX_LIMIT), "How many at most; 100 if not said")
            .query("cursor", Schema.text(), "Goes on from what the answer before gave as next")
            .query("state", STATE, "Only those in this state")
            .answers(
                    200,
                    "The jobs, the newest first; next is null on the last page.",
                    Response.JSON,
                    Schema.object()
                            .field("jobs", Schema.listOf(JOB))
                            .field("next", Schema.text().orNull())
                            .named("Jobs"))
            .refuses(400, "A parameter is malformed.");

    private static final Operation OF_ONE =
            ANY.path("id", Schema.matching("[A-Za-z0-9][A-Za-z0-9-]{0,63}")).refuses(404, "There is no such job.");

    static final Operation ONE = OF_ONE.answers(200, "The job as it is now.", Response.JSON, JOB);

    static final Operation EVENTS = OF_ONE.header(
                    "Last-Event-ID", Schema.text(), "The event that the client has seen last")
            .answers(
                    200,
                    "Events state, progress and log, at last end; the first one tells everything where the client has seen none, or"
                            + " too old a one.",
                    "text/event-stream",
                    Schema.text())
            .answers(204, "The job has ended, and the client has seen that.");

    private static final Operation CHANGE = OF_ONE.answers(200, "The job as it is then.", Response.JSON, JOB)
            .refuses(409, "The job is in a state that does not allow it.");

    static final Operation CANCEL = CHANGE.details("One that waits is canceled at once, one that runs is asked to end.")
            .refuses(503, "The node shuts down.");

    static final Operation RETRY = CHANGE.details("Begins at once, with all its attempts again.")
            .refuses(503, "The node drains, or too many jobs wait.");

    private JobOperations() {}
}
