package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.ShardOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.schema.Schema;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskQueue;
import java.io.IOException;
import java.util.List;

/** Serves {@code POST /backup/shards} below the prefix of the admin API: by it the coordinator of a backup asks a member for its shards. */
final class ShardRoutes {

    private static final Operation OPERATION = Operation.of(BackupRoutes.TAG)
            .details(
                    "Asked by the member of a cluster that coordinates a backup. An order that comes again is the same one, and"
                            + " says that it is still wanted. The job's result tells of each shard what the manifest is to say.")
            .takes(Schema.object()
                    .field("order_id", Schema.text())
                    .field("backup_id", Schema.text())
                    .field("location", Schema.text())
                    .field("token", Schema.text())
                    .field("run", Schema.text())
                    .field("created_at", Schema.text())
                    .field("table", Schema.text())
                    .field("shards", Schema.listOf(Schema.whole(0, Integer.MAX_VALUE))))
            .answers(
                    202,
                    "A job writes those of them that this member leads.",
                    Response.JSON,
                    Schema.object()
                            .field("backup_id", Schema.text())
                            .field("job_id", Schema.text())
                            .field("status", Schema.oneOf("running")))
            .refuses(400, "Something is malformed.")
            .refuses(403, "The location is under none of the roots of this member.")
            .refuses(409, "Nobody is writing that backup at that location, or not by this token.")
            .refuses(501, "The store does not honour a conditional write.")
            .refuses(503, "The node starts or drains, or the store does not answer.");

    private final ShardDesk desk;
    private final TaskQueue queue;
    private final Admission admission;
    private final SidecarContext sidecar;

    private ShardRoutes(ShardDesk desk, TaskQueue queue, Admission admission, SidecarContext sidecar) {
        this.desk = requireNonNull(desk, "desk");
        this.queue = requireNonNull(queue, "queue");
        this.admission = requireNonNull(admission, "admission");
        this.sidecar = requireNonNull(sidecar, "sidecar");
    }

    static List<Route> of(ShardDesk desk, TaskQueue queue, Admission admission, SidecarContext sidecar) {
        ShardRoutes routes = new ShardRoutes(desk, queue, admission, sidecar);
        return List.of(Route.writing(Method.POST, sidecar.adminPrefix() + "/backup/shards")
                .summary("Writes the shards of a backup that this member leads")
                .describedBy(OPERATION)
                .handledBy(Problems.answering(routes::take)));
    }

    private Response take(Request request) throws IOException, RefusedException {
        ShardOrder order = Problems.reading(() -> ShardOrder.of(BackupBody.object(request)));
        admission.require();
        request.notes()
                .operation("backup " + order.backup() + " of " + order.table())
                .backend(order.location());
        Task job = desk.take(order, queue);
        return Response.json(202, BackupDocuments.underWay(order.backup(), job.id(), "running"))
                .withHeader("Location", sidecar.adminPath("/jobs/" + job.id()));
    }
}
