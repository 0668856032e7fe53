package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.peer.PeerHttp;
import dev.outrigger.http.Route;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskQueueBuilder;
import java.util.List;

/** What a node that is in a cluster does beside what each node does. */
final class ClusterPart {

    /** One job that writes shards at a time. */
    static final int WORKERS = 1;

    private final ShardDesk desk;
    private final ClusterMembers members;
    private final ShardTask task;

    ClusterPart(
            BackupsBuilder settings,
            BackupsBuilder.Membership cluster,
            BackupSite site,
            StoreDoor door,
            BackupFigures figures) {
        this.desk = new ShardDesk(
                site, door, settings.clock, cluster.peers().silence().dividedBy(2));
        this.members = new ClusterMembers(
                cluster.placement(),
                cluster.peers(),
                settings.transport.orElseGet(() -> new PeerHttp(cluster.peers())),
                desk,
                settings.clock,
                settings.lookEvery);
        this.task = new ShardTask(site, door, desk, requireNonNull(figures, "figures"));
    }

    ClusterMembers members() {
        return members;
    }

    void addTo(TaskQueueBuilder tasks) {
        tasks.type(ShardTask.TYPE, TaskOptions.defaults(), task);
    }

    void connect(TaskQueue queue) {
        members.connect(queue);
    }

    List<Route> routes(TaskQueue queue, Admission admission, SidecarContext sidecar) {
        members.adminPrefix(sidecar.adminPrefix());
        return ShardRoutes.of(desk, queue, admission, sidecar);
    }
}
