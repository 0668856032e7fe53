package dev.outrigger.backup;

import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.peer.PeerHttp;
import dev.outrigger.backup.restore.Reconciler;
import dev.outrigger.backup.restore.RestoreSite;
import dev.outrigger.backup.restore.SharedPlans;
import dev.outrigger.http.Route;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskQueueBuilder;
import java.time.Duration;
import java.util.List;

/** What a node that is in a cluster does beside what each node does. */
final class ClusterPart {

    /** One job that writes shards at a time. */
    static final int WORKERS = 1;

    /** So many restores are followed at once, each by a thread that waits; more are carried out all the same. */
    static final int FOLLOWED = 4;

    private final BackupsBuilder.Membership cluster;
    private final ShardDesk desk;
    private final ClusterMembers members;
    private final ShardTask task;
    private final RestoreSite restoreSite;
    private final SharedRestores restores;
    private final PlanWatch watch;
    private final BackupFigures figures;
    private final Duration lookEvery;

    ClusterPart(
            BackupsBuilder settings,
            BackupsBuilder.Membership cluster,
            BackupSite site,
            RestoreSite restoreSite,
            StoreDoor door,
            TablesAway away,
            BackupFigures figures) {
        this.cluster = cluster;
        this.restoreSite = restoreSite;
        this.figures = figures;
        this.lookEvery = settings.lookEvery;
        this.restores = new SharedRestores(restoreSite, cluster.placement(), door, away, figures);
        this.watch = new PlanWatch(
                settings.lookEvery.multipliedBy(2),
                (staging, others) ->
                        new Reconciler(restoreSite, cluster.placement(), restores, staging, others, settings.clock));
        this.desk = new ShardDesk(
                site, door, settings.clock, cluster.peers().silence().dividedBy(2));
        this.members = new ClusterMembers(
                cluster.placement(),
                cluster.peers(),
                settings.transport.orElseGet(() -> new PeerHttp(cluster.peers())),
                desk,
                settings.clock,
                settings.lookEvery);
        this.task = new ShardTask(site, door, desk, figures);
    }

    ClusterMembers members() {
        return members;
    }

    void addTo(TaskQueueBuilder tasks) {
        tasks.type(ShardTask.TYPE, TaskOptions.defaults(), task);
    }

    /** What follows a restore of this cluster, in place of what carries out one of a node alone. */
    TaskHandler following() {
        return new FollowTask(new SharedPlans(restoreSite.plans()), cluster.placement(), figures, lookEvery);
    }

    SharedRestores restores() {
        return restores;
    }

    void connect(TaskQueue queue) {
        members.connect(queue);
        restores.connect(queue);
    }

    void start() {
        watch.start();
    }

    void close() {
        watch.close();
    }

    List<Route> routes(TaskQueue queue, Admission admission, SidecarContext sidecar) {
        members.adminPrefix(sidecar.adminPrefix());
        return ShardRoutes.of(desk, queue, admission, sidecar);
    }
}
