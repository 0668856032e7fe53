package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.keep.BackupCatalog;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.schema.Schema;
import dev.outrigger.task.Task;
import java.io.IOException;
import java.util.List;

/**
 * Serves {@code /backups} below the prefix of the admin API: lists backups, and has them verified and removed.
 *
 * <pre>
 *   GET    …/backups?location=               {"backups":[…],"truncated":false,"next":null}, newest first; ?limit, ?cursor
 *   GET    …/backups/{id}?location=          {"manifest":{…},"verification":{…}|null}
 *   POST   …/backups/{id}/verify             {"location":"…"} gives 202 and the job
 *   DELETE …/backups/{id}?location=          202 and the job; it is no backup from then on. ?unfinished=true gives up what a dead writer left
 *   POST   …/gc                              {"location":"…"} gives 202 and the job; ?dry_run=true only counts
 * </pre>
 */
final class KeepRoutes {

    private static final int DEFAULT_LIMIT = 100;

    private static final Schema JOB = Schema.object()
            .field("backup_id", Schema.text())
            .field("job_id", Schema.text())
            .field("status", Schema.oneOf("running", "deleting"))
            .named("BackupJob");

    private static final String BAD_LOCATION = "The location is malformed.";
    private static final String NOT_ALLOWED = "The location is under none of the roots.";
    private static final String NO_BACKUP = "There is no such backup.";
    private static final String NO_STORE = "The node drains, or the store does not answer.";

    private static final Operation LIST = Operation.of(BackupRoutes.TAG)
            .requiredQuery("location", Schema.text(), "Where to look.")
            .query("limit", Schema.whole(1, BackupCatalog.MAX_LIMIT), "At most so many; 100 unless given.")
            .query("cursor", Schema.text(), "What the page before gave as next.")
            .answers(
                    200,
                    "The newest backups; each has a field more, named after the product, with its version.",
                    Response.JSON,
                    Schema.object()
                            .field("backups", Schema.listOf(Schema.any()))
                            .field("truncated", Schema.truth())
                            .field("next", Schema.text().orNull()))
            .refuses(400, BAD_LOCATION)
            .refuses(403, NOT_ALLOWED)
            .refuses(503, NO_STORE);

    private static final Operation ONE = Operation.of(BackupRoutes.TAG)
            .requiredQuery("location", Schema.text(), "Where it lies.")
            .answers(
                    200,
                    "Its manifest, and what a verification said last.",
                    Response.JSON,
                    Schema.object().field("manifest", Schema.any()).field("verification", Schema.any()))
            .refuses(400, BAD_LOCATION)
            .refuses(403, NOT_ALLOWED)
            .refuses(404, NO_BACKUP)
            .refuses(422, "Its manifest is damaged, or not to be believed.")
            .refuses(503, NO_STORE);

    private static final Operation VERIFY = Operation.of(BackupRoutes.TAG)
            .takes(Schema.object().field("location", Schema.text()))
            .answers(202, "Every byte of it is being read.", Response.JSON, JOB)
            .refuses(400, BAD_LOCATION)
            .refuses(403, NOT_ALLOWED)
            .refuses(404, NO_BACKUP)
            .refuses(422, "Its manifest is damaged, or not to be believed.")
            .refuses(503, NO_STORE);

    private static final Operation DELETE = Operation.of(BackupRoutes.TAG)
            .requiredQuery("location", Schema.text(), "Where it lies.")
            .query("unfinished", Schema.oneOf("true", "false"), "Gives up what a dead writer has left.")
            .answers(202, "It is no backup any more, and its files are being removed.", Response.JSON, JOB)
            .refuses(400, BAD_LOCATION)
            .refuses(403, NOT_ALLOWED)
            .refuses(404, NO_BACKUP)
            .refuses(409, "A job of this node is writing it.")
            .refuses(503, NO_STORE);

    private static final Operation GC = Operation.of(BackupRoutes.TAG)
            .query("dry_run", Schema.oneOf("true", "false"), "Only counts.")
            .takes(Schema.object().field("location", Schema.text()))
            .answers(
                    202,
                    "What is nobody's is being removed.",
                    Response.JSON,
                    Schema.object().field("job_id", Schema.text()).field("status", Schema.oneOf("running")))
            .refuses(400, BAD_LOCATION)
            .refuses(403, NOT_ALLOWED)
            .refuses(503, NO_STORE);

    private final KeepService keep;
    private final Admission admission;
    private final SidecarContext sidecar;

    private KeepRoutes(KeepService keep, Admission admission, SidecarContext sidecar) {
        this.keep = requireNonNull(keep, "keep");
        this.admission = requireNonNull(admission, "admission");
        this.sidecar = requireNonNull(sidecar, "sidecar");
    }

    static List<Route> of(KeepService keep, Admission admission, SidecarContext sidecar) {
        KeepRoutes routes = new KeepRoutes(keep, admission, sidecar);
        String all = sidecar.adminPrefix() + "/backups";
        return List.of(
                Route.get(all)
                        .summary("The backups at a location, newest first")
                        .describedBy(LIST)
                        .handledBy(Problems.answering(routes::list)),
                Route.get(all + "/{id}")
                        .summary("One backup")
                        .describedBy(ONE)
                        .handledBy(Problems.answering(routes::one)),
                Route.writing(Method.DELETE, all + "/{id}")
                        .summary("Removes a backup")
                        .describedBy(DELETE)
                        .handledBy(Problems.answering(routes::delete)),
                Route.writing(Method.POST, all + "/{id}/verify")
                        .summary("Reads every byte of a backup")
                        .describedBy(VERIFY)
                        .handledBy(Problems.answering(routes::verify)),
                Route.writing(Method.POST, sidecar.adminPrefix() + "/gc")
                        .summary("Removes what is nobody's")
                        .describedBy(GC)
                        .handledBy(Problems.answering(routes::collect)));
    }

    private Response list(Request request) throws IOException, RefusedException {
        Location location = location(request);
        int limit = request.query().number("limit", 1, BackupCatalog.MAX_LIMIT).orElse(DEFAULT_LIMIT);
        return Response.json(
                200,
                KeepDocuments.page(keep.list(location, limit, request.query().first("cursor"))));
    }

    private Response one(Request request) throws IOException, RefusedException {
        BackupId id = id(request);
        Location location = location(request);
        Manifest manifest = keep.manifest(id, location);
        return Response.json(200, KeepDocuments.one(manifest, keep.verification(manifest, location)));
    }

    private Response verify(Request request) throws IOException, RefusedException {
        BackupId id = id(request);
        Location location = bodyLocation(request);
        admission.require();
        request.notes().operation("verify " + id).backend(location.toString());
        return underWay(id, keep.verify(id, location), "running");
    }

    private Response delete(Request request) throws IOException, RefusedException {
        BackupId id = id(request);
        Location location = location(request);
        boolean unfinished = flag(request, "unfinished");
        admission.require();
        request.notes().operation("delete " + id).backend(location.toString());
        return underWay(id, unfinished ? keep.giveUp(id, location) : keep.delete(id, location), "deleting");
    }

    private Response collect(Request request) throws RefusedException, IOException {
        Location location = bodyLocation(request);
        boolean dryRun = flag(request, "dry_run");
        admission.require();
        keep.requireAllowed(location);
        request.notes().operation("gc").backend(location.toString());
        Task job = keep.collect(KeepOrder.all(location).withDryRun(dryRun));
        return Response.json(202, BackupDocuments.underWay(job.id(), "running"))
                .withHeader("Location", sidecar.adminPath("/jobs/" + job.id()));
    }

    private Response underWay(BackupId id, Task job, String status) {
        return Response.json(202, BackupDocuments.underWay(id, job.id(), status))
                .withHeader("Location", sidecar.adminPath("/jobs/" + job.id()));
    }

    private static BackupId id(Request request) throws RefusedException {
        return Problems.reading(() -> new BackupId(request.pathParameter("id")));
    }

    private static Location bodyLocation(Request request) throws RefusedException {
        return Problems.reading(
                () -> StoreDoor.location(BackupBody.object(request).string("location")));
    }

    /** Reads a word that decides what is removed: nothing but the two words is taken for one of them. */
    private static boolean flag(Request request, String name) {
        String word = request.query().first(name).orElse("false");
        if (!word.equals("true") && !word.equals("false")) {
            throw Problems.malformed(name + ": unknown (expected: true or false)");
        }
        return word.equals("true");
    }

    private static Location location(Request request) throws RefusedException {
        return StoreDoor.location(request.query()
                .first("location")
                .orElseThrow(() -> Problems.malformed("Missing query parameter: location")));
    }
}
