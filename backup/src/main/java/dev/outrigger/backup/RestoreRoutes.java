package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.restore.Rehearsal;
import dev.outrigger.backup.restore.RestoreMode;
import dev.outrigger.backup.restore.RestoreRequest;
import dev.outrigger.backup.restore.RestoredTable;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonObject;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.schema.Schema;
import dev.outrigger.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Serves {@code POST /restore} below the prefix of the admin API: checks everything, and then brings tables back in the background. */
final class RestoreRoutes {

    private static final Schema TABLE = Schema.object()
            .field("name", Schema.text())
            .field("status", Schema.oneOf("triggered", "skipped", "failed"))
            .field("error", Schema.text().orNull());

    private static final Schema OUTCOME = Schema.object()
            .field("job_id", Schema.text().orNull())
            .field("tables", Schema.listOf(TABLE))
            .field("status", Schema.oneOf("triggered", "checked"))
            .named("RestoreOrdered");

    private static final Schema ORDER = Schema.object()
            .field("backup_id", Schema.text())
            .field("location", Schema.text())
            .optional("table_names", Schema.listOf(Schema.text()))
            .optional("restore_mode", Schema.oneOf(RestoreMode.values(), RestoreMode::word))
            .optional("rename", Schema.mapOf(Schema.text()));

    private static final Operation OPERATION = Operation.of(BackupRoutes.TAG)
            .query(
                    "dry_run",
                    Schema.oneOf(Rehearsal.values(), Rehearsal::word),
                    "Only looks: at the files, at the tables' metadata too, or at all data.")
            .takes(ORDER)
            .answers(200, "A rehearsal that found nothing wrong.", Response.JSON, OUTCOME)
            .answers(202, "The job has begun.", Response.JSON, OUTCOME)
            .refuses(400, "Something is malformed, or a table is not in the backup.")
            .refuses(403, "The location is under none of the roots.")
            .refuses(404, "There is no such backup.")
            .refuses(409, "A table is in the way.")
            .refuses(422, "The backup is damaged, or not for this node.")
            .refuses(503, "The node drains, or the store does not answer.")
            .refuses(507, "There is no space for it.");

    private final RestoreService service;
    private final KeepService keep;
    private final Admission admission;
    private final SidecarContext sidecar;

    private RestoreRoutes(RestoreService service, KeepService keep, Admission admission, SidecarContext sidecar) {
        this.service = requireNonNull(service, "service");
        this.keep = requireNonNull(keep, "keep");
        this.admission = requireNonNull(admission, "admission");
        this.sidecar = requireNonNull(sidecar, "sidecar");
    }

    static List<Route> of(RestoreService service, KeepService keep, Admission admission, SidecarContext sidecar) {
        RestoreRoutes routes = new RestoreRoutes(service, keep, admission, sidecar);
        return List.of(Route.writing(Method.POST, sidecar.adminPrefix() + "/restore")
                .summary("Brings tables back from a backup")
                .describedBy(OPERATION)
                .handledBy(Problems.answering(routes::restore)));
    }

    private Response restore(Request request) throws Exception {
        Optional<Rehearsal> rehearsal = rehearsal(request);
        RestoreRequest restore = Problems.reading(() -> read(BackupBody.object(request)));
        admission.require();
        request.notes().operation("restore " + restore.backup()).backend(restore.location());
        return rehearsal.isPresent() ? rehearse(restore, rehearsal.get()) : begin(restore);
    }

    private Response begin(RestoreRequest restore) throws Exception {
        RestoreService.Ordered ordered = service.order(restore);
        return Response.json(202, BackupDocuments.restore(ordered.job().id(), ordered.tables(), "triggered"))
                .withHeader(
                        "Location", sidecar.adminPath("/jobs/" + ordered.job().id()));
    }

    private Response rehearse(RestoreRequest restore, Rehearsal depth) throws Exception {
        List<RestoredTable> tables = service.rehearse(restore, depth);
        if (depth != Rehearsal.DATA) {
            return Response.json(200, BackupDocuments.rehearsed(tables));
        }
        Task job = keep.verify(restore.backup(), StoreDoor.location(restore.location()));
        return Response.json(202, BackupDocuments.restore(job.id(), tables, "triggered"))
                .withHeader("Location", sidecar.adminPath("/jobs/" + job.id()));
    }

    private static Optional<Rehearsal> rehearsal(Request request) {
        return request.query()
                .first("dry_run")
                .map(word -> Rehearsal.of(word)
                        .orElseThrow(() -> Problems.malformed("dry_run: unknown (expected: files, metadata or data)")));
    }

    private static RestoreRequest read(JsonObject body) throws RefusedException {
        RestoreMode mode = body.optionalString("restore_mode")
                .map(word -> RestoreMode.of(word)
                        .orElseThrow(() -> Problems.malformed(
                                "restore_mode: unknown (expected: fail_if_exists, skip_if_exists or overwrite)")))
                .orElse(RestoreMode.FAIL_IF_EXISTS);
        return new RestoreRequest(
                new BackupId(body.string("backup_id")),
                StoreDoor.location(body.string("location")).toString(),
                BackupBody.tables(body),
                mode,
                renamed(body));
    }

    private static Map<TableName, TableName> renamed(JsonObject body) {
        Map<TableName, TableName> renamed = new HashMap<>();
        body.optionalObject("rename").ifPresent(names -> {
            for (String name : names.names()) {
                renamed.put(new TableName(name), new TableName(names.string(name)));
            }
        });
        return renamed;
    }
}
