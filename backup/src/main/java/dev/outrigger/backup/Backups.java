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
import dev.outrigger.task.TaskOptions;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskQueueBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

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

    /** One for each type of tasks that must not wait for the others, and one for what is short. */
    private static final int WORKERS = 6;

    private final ObjectStores stores;
    private final BackupRecords records;
    private final TaskQueue queue;
    private final boolean startedByHost;
    private final AtomicBoolean started = new AtomicBoolean();
    private final TablesAway away = new TablesAway();
    private final BackupFigures figures;
    private final BackupService backups;
    private final RestoreService restores;
    private final KeepService keep;
    private final KeepRules rules;
    private final KeepClock clock;

    Backups(BackupsBuilder settings, BackupRecords records) {
        this.records = records;
        this.stores = new ObjectStores(LocationRoots.of(settings.roots), settings.s3);
        this.startedByHost = settings.startedByHost;
        this.figures = new BackupFigures(settings.clock);
        StoreDoor door = new StoreDoor(stores::open, settings.nodeId, settings.unconditionalAllowed);
        RestoreSite restoreSite = restoreSite(settings, records);
        KeepSite keepSite = keepSite(settings);
        LastFindings findings = new LastFindings();
        this.rules = new KeepRules(settings.rules);
        this.clock = new KeepClock(rules, settings.clock, new SecureRandom());
        TaskQueueBuilder tasks = TaskQueue.over(records.tasks())
                .workers(WORKERS)
                .clock(settings.clock)
                .type(
                        BackupTask.TYPE,
                        TaskOptions.defaults(),
                        new BackupTask(backupSite(settings), door, figures, this::committed))
                .type(RestoreTask.TYPE, TaskOptions.defaults(), new RestoreTask(restoreSite, door, away, figures))
                .type(VerifyTask.TYPE, TaskOptions.defaults(), new VerifyTask(keepSite, door, findings))
                .type(
                        ScrubTask.TYPE,
                        TaskOptions.defaults(),
                        new ScrubTask(keepSite, door, findings, figures, clock::repair))
                .type(
                        GcTask.TYPE,
                        TaskOptions.defaults(),
                        new GcTask(keepSite, door, rules, findings, figures, this::isRunning))
                .type(KeepClock.TYPE, TaskOptions.defaults(), clock);
        settings.tasks.forEach((type, task) -> tasks.type(type, task.options(), task.handler()));
        this.queue = tasks.build();
        this.backups = new BackupService(door, queue, settings.clock);
        this.restores = new RestoreService(restoreSite, door, queue);
        this.keep = new KeepService(keepSite, door, queue, findings);
        clock.connect(queue, backups);
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
                settings.signature,
                settings.throttle,
                settings.parallelShards,
                settings.compression);
    }

    private static RestoreSite restoreSite(BackupsBuilder settings, BackupRecords records) {
        return new RestoreSite(
                settings.product.name(),
                settings.target,
                records.plans(),
                settings.signature,
                settings.throttle,
                settings.parallelShards);
    }

    private static KeepSite keepSite(BackupsBuilder settings) {
        return new KeepSite(
                settings.nodeId,
                settings.product,
                settings.signature,
                settings.throttle,
                settings.parallelShards,
                settings.clock);
    }

    private void committed(Location location) {
        if (rules.retention(location).isPresent()) {
            keep.collect(KeepOrder.all(location));
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
        Admission admission = new Admission(started::get, sidecar::isDraining);
        List<Route> routes = new ArrayList<>(BackupRoutes.of(backups, jobs, admission, sidecar));
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
        if (started.compareAndSet(false, true)) {
            restores.recover();
            backups.locations().forEach(location -> keep.collect(KeepOrder.all(location)));
            clock.wind();
            queue.start();
        }
    }

    /** Lets go of jobs, which go on at the next start, and closes what was opened. A second call does nothing. */
    @Override
    public void close() {
        queue.close();
        stores.close();
        records.close();
    }
}
