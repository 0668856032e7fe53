package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.LocationRoots;
import dev.outrigger.backup.location.ObjectStores;
import dev.outrigger.backup.manifest.Product;
import dev.outrigger.backup.restore.RestoreSite;
import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.http.Route;
import dev.outrigger.ops.Extension;
import dev.outrigger.ops.JobRoutes;
import dev.outrigger.ops.Registrar;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.ops.TaskMetrics;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskQueueBuilder;
import dev.outrigger.task.TaskRefusedException;
import dev.outrigger.task.TaskStoreException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backup and restore, to be plugged into a sidecar with one line.
 *
 * <pre>{@code
 * try (Backups backups = Backups.builder("node-1", "kv-node", "1.0", source, target, Path.of("/var/lib/node/ops"))
 *                 .root("file:///var/backups")
 *                 .open();
 *         OpsSidecar sidecar = OpsSidecar.builder("node-1").install(backups).start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Brings routes below the admin API's prefix, metrics, and the readiness gate {@code restoring}. Work begins when the sidecar has
 * started, with what the end of the process has cut off first, and lets go when it closes.
 *
 * <p>Safe for use by any thread; for one sidecar.
 */
public final class Backups implements Extension, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    /** One for each type of tasks that must not wait for the others, one for what is short, and one to undo what was called off. */
    private static final int WORKERS = 7;

    private final ObjectStores stores;
    private final BackupRecords records;
    private final TaskQueue queue;
    private final boolean startedByHost;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Whether what the end of the process has cut off is taken up, and new work may be. */
    private volatile boolean started;

    private final TablesAway away = new TablesAway();
    private final LastFindings findings = new LastFindings();
    private final BackupFigures figures;
    private final BackupService backups;
    private final RestoreService restores;
    private final KeepService keep;
    private final KeepRules rules;
    private final KeepClock clock;
    private final Optional<ClusterPart> cluster;

    Backups(BackupsBuilder settings, BackupRecords records) {
        this.records = records;
        this.stores = new ObjectStores(LocationRoots.of(settings.roots), settings.s3);
        this.startedByHost = settings.startedByHost;
        this.figures = new BackupFigures(settings.clock);
        this.rules = settings.rules;
        this.clock = new KeepClock(
                rules,
                settings.clock,
                new SecureRandom(),
                settings.cluster.map(in -> new KeepClock.Turns(
                        records.plans(), in.placement().self().value())));
        StoreDoor door =
                new StoreDoor(settings.opener.orElse(stores::open), settings.nodeId, settings.unconditionalAllowed);
        RestoreSite restoreSite = restoreSite(settings, records);
        KeepSite keepSite = keepSite(settings);
        BackupSite backupSite = backupSite(settings);
        this.cluster =
                settings.cluster.map(in -> new ClusterPart(settings, in, backupSite, restoreSite, door, away, figures));
        this.queue = queue(settings, door, backupSite, restoreSite, keepSite);
        cluster.ifPresent(part -> part.connect(queue));
        this.backups = new BackupService(door, queue, settings.clock);
        this.restores = new RestoreService(restoreSite, door, queue, away, cluster.map(ClusterPart::restores));
        this.keep = new KeepService(keepSite, door, queue, findings);
        clock.connect(queue, backups);
        JobHistory.read(queue, findings, figures);
        restores.expect();
    }

    private TaskQueue queue(
            BackupsBuilder settings,
            StoreDoor door,
            BackupSite backupSite,
            RestoreSite restoreSite,
            KeepSite keepSite) {
        TaskOptions one = TaskOptions.defaults();
        int hosts = settings.tasks.values().stream()
                .mapToInt(task -> task.options().atOnce())
                .sum();
        TaskQueueBuilder tasks = TaskQueue.over(records.tasks())
                .workers(WORKERS + hosts + (cluster.isPresent() ? ClusterPart.WORKERS + ClusterPart.FOLLOWED : 0))
                .clock(settings.clock)
                .type(
                        BackupTask.TYPE,
                        one.undoing(),
                        new BackupTask(backupSite, cluster.map(ClusterPart::members), door, figures, aftermath()))
                .type(RestoreTask.TYPE, restoreOptions(one), restoreTask(restoreSite, door))
                .type(VerifyTask.TYPE, one, new VerifyTask(keepSite, door, findings))
                .type(ScrubTask.TYPE, one, new ScrubTask(keepSite, door, findings, figures, this::damaged))
                .type(GcTask.TYPE, one, new GcTask(keepSite, door, rules, findings, figures, this::isRunning))
                .type(KeepClock.TYPE, one, clock);
        cluster.ifPresent(part -> part.addTo(tasks));
        settings.tasks.forEach((type, task) -> tasks.type(type, task.options(), task.handler()));
        return tasks.build();
    }

    private TaskHandler restoreTask(RestoreSite site, StoreDoor door) {
        return cluster.isPresent() ? cluster.get().following() : new RestoreTask(site, door, away, figures);
    }

    /** One that only follows what others do keeps no other waiting. */
    private TaskOptions restoreOptions(TaskOptions one) {
        return cluster.isPresent() ? one.undoing().atOnce(ClusterPart.FOLLOWED) : one.undoing();
    }

    /**
     * Begins with what there must be.
     *
     * @param nodeId names the node in manifests and claims; the same after a restart
     * @param product whose data it is: {@code [a-z][a-z0-9_-]{0,47}}; another product's backups are not brought back
     * @param version of the product
     * @param source of what is backed up
     * @param target of what is brought back
     * @param state a directory of this library's own, for records of jobs and plans; created where it is not there
     * @throws IllegalArgumentException if the product's name is malformed
     */
    public static BackupsBuilder builder(
            String nodeId, String product, String version, BackupSource source, RestoreTarget target, Path state) {
        return new BackupsBuilder(nodeId, new Product(product, version), source, target, state);
    }

    private static BackupSite backupSite(BackupsBuilder settings) {
        return new BackupSite(
                settings.nodeId,
                UUID.randomUUID().toString(),
                settings.product,
                settings.source,
                settings.signature(),
                settings.throttle,
                settings.parallelShards,
                settings.compression);
    }

    private static RestoreSite restoreSite(BackupsBuilder settings, BackupRecords records) {
        return new RestoreSite(
                settings.product.name(),
                settings.target,
                records.plans(),
                settings.signature(),
                settings.throttle,
                settings.parallelShards);
    }

    private static KeepSite keepSite(BackupsBuilder settings) {
        return new KeepSite(
                settings.nodeId,
                settings.product,
                settings.signature(),
                settings.throttle,
                settings.parallelShards,
                settings.clock);
    }

    private BackupTask.Aftermath aftermath() {
        return new BackupTask.Aftermath() {

            @Override
            public void committed(Location location) {
                if (rules.retention(location).isPresent()) {
                    quietly(() -> keep.collectOnce(location), location);
                }
            }

            @Override
            public void left(Location location) {
                quietly(() -> keep.collectLater(location), location);
            }
        };
    }

    private void damaged(Location location) {
        quietly(() -> clock.repair(location), location);
    }

    /** What follows from a job's end is not to change that end: where the queue does not take it, the next start does it. */
    private static void quietly(Runnable next, Location location) {
        try {
            next.run();
        } catch (TaskRefusedException | TaskStoreException e) {
            LOG.warn("What was to be done next at {} was not recorded", location, e);
        }
    }

    private boolean isRunning(String jobId) {
        return keep.isRunning(jobId);
    }

    @Override
    public void install(Registrar registrar) {
        registrar
                .gate(away.gate())
                .routes(this::routes)
                .ownMetrics(sidecar -> TaskMetrics.of(sidecar.metricsPrefix(), queue))
                .ownMetrics(sidecar -> figures.metrics(sidecar.metricsPrefix()))
                .whenStarted(sidecar -> startUnlessByHost())
                .whenDrained(this::close);
    }

    private List<Route> routes(SidecarContext sidecar) {
        JobAnswer jobs = new JobAnswer(queue, requireNonNull(sidecar, "sidecar"));
        Admission admission = new Admission(() -> started, sidecar::isDraining);
        List<Route> routes = new ArrayList<>(BackupRoutes.of(backups, jobs, admission, sidecar));
        cluster.ifPresent(part -> routes.addAll(part.routes(queue, admission, sidecar)));
        routes.addAll(JobRoutes.of(queue, sidecar.adminPrefix(), sidecar::isDraining));
        routes.addAll(KeepRoutes.of(keep, admission, sidecar));
        routes.addAll(RestoreRoutes.of(restores, keep, admission, sidecar));
        return routes;
    }

    private void startUnlessByHost() {
        if (!startedByHost) {
            start();
        }
    }

    /**
     * Begins to work, with what the end of the process has cut off first. Done by the sidecar, unless the {@linkplain
     * BackupsBuilder#startedByHost() host} wants to. A second call does nothing.
     */
    public void start() {
        if (begun.compareAndSet(false, true)) {
            restores.recover();
            Set<Location> locations = new LinkedHashSet<>(backups.locations());
            locations.addAll(rules.locations());
            locations.forEach(keep::collectOnce);
            clock.wind();
            queue.start();
            cluster.ifPresent(ClusterPart::start);
            started = true;
        }
    }

    /** Lets go of jobs, which go on at the next start, and closes what was opened. A second call does nothing. */
    @Override
    public void close() {
        cluster.ifPresent(ClusterPart::close);
        queue.close();
        stores.close();
        records.close();
    }
}
