package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.schema.Schema;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskState;
import java.io.IOException;
import java.util.List;

/** Serves {@code POST /backup} below the prefix of the admin API: makes a backup, and answers when it is made. */
final class BackupRoutes {

    static final String TAG = "backups";

    private static final Schema TABLE = Schema.object()
            .field("name", Schema.text())
            .field("status", Schema.oneOf("completed", "failed", "skipped"))
            .field("error", Schema.text().orNull());

    private static final Schema OUTCOME = Schema.object()
            .field("backup_id", Schema.text())
            .field("job_id", Schema.text())
            .field("tables", Schema.listOf(TABLE))
            .field("status", Schema.oneOf("completed", "partial", "failed", "running"))
            .optional("omitted", Schema.whole(1, Integer.MAX_VALUE))
            .named("BackupOutcome");

    private static final Schema ORDER = Schema.object()
            .field("backup_id", Schema.text())
            .field("location", Schema.text())
            .optional("table_names", Schema.listOf(Schema.text()));

    private static final Operation OPERATION = Operation.of(TAG)
            .details("The job does not depend on the connection: whoever leaves finds it under its id.")
            .query("wait", Schema.whole(0, 3600), "How many seconds to wait for its end; 600 unless given.")
            .header("Prefer", Schema.text(), "respond-async is the same as wait=0.")
            .takes(ORDER)
            .answers(
                    200,
                    "The backup is there, with all of its tables or some. What is omitted, its manifest has.",
                    Response.JSON,
                    OUTCOME)
            .answers(202, "It is being made.", Response.JSON, OUTCOME)
            .answers(500, "No table made it, and there is no backup.", Response.JSON, OUTCOME)
            .refuses(400, "Something is malformed.")
            .refuses(403, "The location is under none of the roots.")
            .refuses(409, "There is a backup of that id, or one is being written.")
            .refuses(501, "The store does not honour a conditional write.")
            .refuses(503, "The node drains, or the store does not answer.")
            .refuses(507, "There is no space left.");

    private final BackupService service;
    private final JobAnswer jobs;
    private final Admission admission;
    private final SidecarContext sidecar;

    private BackupRoutes(BackupService service, JobAnswer jobs, Admission admission, SidecarContext sidecar) {
        this.service = requireNonNull(service, "service");
        this.jobs = requireNonNull(jobs, "jobs");
        this.admission = requireNonNull(admission, "admission");
        this.sidecar = requireNonNull(sidecar, "sidecar");
    }

    static List<Route> of(BackupService service, JobAnswer jobs, Admission admission, SidecarContext sidecar) {
        BackupRoutes routes = new BackupRoutes(service, jobs, admission, sidecar);
        return List.of(Route.writing(Method.POST, sidecar.adminPrefix() + "/backup")
                .summary("Makes a backup")
                .describedBy(OPERATION)
                .handledBy(Problems.answering(routes::backup)));
    }

    private Response backup(Request request) throws IOException, RefusedException {
        Wait wait = Wait.of(request);
        BackupBody body = Problems.reading(() -> BackupBody.of(request));
        admission.require();
        request.notes().operation("backup " + body.id()).backend(body.location().toString());
        Task job = service.order(body.id(), body.location(), body.tables());
        return jobs.of(job.id(), wait, ended -> ended(body.id(), ended), () -> running(body.id(), job));
    }

    private Response running(BackupId id, Task job) {
        return Response.json(202, BackupDocuments.running(id, job.id()))
                .withHeader("Location", sidecar.adminPath("/jobs/" + job.id()));
    }

    private static Response ended(BackupId id, Task job) {
        if (job.state() == TaskState.COMPLETED) {
            return Response.json(200, job.result().json().orElse("{}").getBytes(UTF_8));
        }
        JobOutcome outcome = JobOutcome.of(job);
        if (job.state() == TaskState.FAILED && outcome.isConflict()) {
            throw Problem.of(409, job.lastError().orElse("backup_id: taken")).asException();
        }
        byte[] document = outcome.document().map(text -> text.getBytes(UTF_8)).orElseGet(() -> failed(id, job));
        return Response.json(500, document);
    }

    /** A backup of which nothing is known but the job's own words. */
    private static byte[] failed(BackupId id, Task job) {
        String error =
                job.state() == TaskState.CANCELED ? "canceled" : job.lastError().orElse("the job has failed");
        List<TableName> tables =
                BackupOrder.decode(job.payload().getBytes(UTF_8)).tables();
        return BackupDocuments.failed(id, job.id(), tables, error);
    }
}
