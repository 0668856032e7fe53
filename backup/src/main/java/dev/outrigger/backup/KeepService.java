package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.keep.BackupCatalog;
import dev.outrigger.backup.keep.BackupPage;
import dev.outrigger.backup.keep.CatalogCache;
import dev.outrigger.backup.keep.GarbageCollection;
import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.Removal;
import dev.outrigger.backup.keep.VerificationResult;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonReader;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import dev.outrigger.task.TaskResult;
import dev.outrigger.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Looks after backups that are there: lists, verifies and removes them. Safe for use by many threads. */
final class KeepService {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final KeepSite site;
    private final StoreDoor door;
    private final TaskQueue queue;
    private final LastFindings findings;
    private final CatalogCache cache = new CatalogCache();

    KeepService(KeepSite site, StoreDoor door, TaskQueue queue, LastFindings findings) {
        this.site = requireNonNull(site, "site");
        this.door = requireNonNull(door, "door");
        this.queue = requireNonNull(queue, "queue");
        this.findings = requireNonNull(findings, "findings");
    }

    BackupPage list(Location location, int limit, Optional<String> cursor) throws IOException, RefusedException {
        try (ObjectStore store = door.open(location)) {
            BackupCatalog catalog = catalog(store, location);
            return cursor.isPresent() ? catalog.list(limit, cursor.get()) : catalog.list(limit);
        }
    }

    Manifest manifest(BackupId id, Location location) throws IOException, RefusedException {
        try (ObjectStore store = door.open(location)) {
            return catalog(store, location).manifest(id);
        }
    }

    private BackupCatalog catalog(ObjectStore store, Location location) {
        return new BackupCatalog(store, location.toString(), site.signature(), cache, findings);
    }

    /** Returns the last job that has verified that very backup and came to its end, if it is remembered. */
    Optional<Task> verification(Manifest manifest, Location location) {
        String payload = KeepOrder.of(location, manifest.id()).encode();
        Optional<String> token = Optional.of(manifest.token());
        return queue.list(TaskPage.newest(Integer.MAX_VALUE).in(TaskState.COMPLETED)).stream()
                .filter(task ->
                        task.type().equals(VerifyTask.TYPE) && task.payload().equals(payload))
                .filter(task -> said(task).flatMap(VerificationResult::token).equals(token))
                .findFirst();
    }

    private static Optional<VerificationResult> said(Task verification) {
        try {
            return verification
                    .result()
                    .json()
                    .map(text ->
                            KeepDocuments.verification(JsonReader.object(text.getBytes(UTF_8), TaskResult.MAX_BYTES)));
        } catch (IllegalArgumentException | JsonFormatException e) {
            return Optional.empty(); // of a version that says something else
        }
    }

    /** Has every byte of a backup read; returns the job. */
    Task verify(BackupId id, Location location) throws IOException, RefusedException {
        manifest(id, location);
        return queue.enqueue(
                TaskRequest.of(VerifyTask.TYPE, KeepOrder.of(location, id).encode()));
    }

    /** Makes a backup none, and has its files removed; returns the job that does. */
    Task delete(BackupId id, Location location) throws IOException, RefusedException {
        try (ObjectStore store = door.open(location)) {
            new Removal(site, store).begin(id);
        }
        return collect(KeepOrder.of(location, id));
    }

    /** Gives up what a dead writer, of another node for instance, has left under an id; returns the job that removes it. */
    Task giveUp(BackupId id, Location location) throws IOException, RefusedException {
        try (ObjectStore store = door.open(location)) {
            new GarbageCollection(site, store, this::isRunning, new QuietControl()).requireUnfinished(id);
        }
        return collect(KeepOrder.of(location, id).givingUp());
    }

    /** Throws where a location is under none of the roots. */
    void requireAllowed(Location location) throws IOException, RefusedException {
        door.open(location).close();
    }

    /** Has garbage collected; returns the job. */
    Task collect(KeepOrder order) {
        return queue.enqueue(TaskRequest.of(GcTask.TYPE, order.encode()));
    }

    /** Has everything at a location collected, unless that is going to be done anyway. */
    void collectOnce(Location location) {
        String order = KeepOrder.all(location).encode();
        boolean waits = queue.list(TaskPage.newest(Integer.MAX_VALUE).in(TaskState.PENDING)).stream()
                .anyMatch(task ->
                        task.type().equals(GcTask.TYPE) && task.payload().equals(order));
        if (!waits) {
            queue.enqueue(TaskRequest.of(GcTask.TYPE, order));
        }
    }

    /** Has everything at a location collected a while after now, when the job that asks for it has ended. */
    void collectLater(Location location) {
        queue.enqueue(TaskRequest.of(GcTask.TYPE, KeepOrder.all(location).encode())
                .due(site.clock().instant().plus(LATER)));
    }

    /** Tells of a job whether it may go on. */
    boolean isRunning(String jobId) {
        try {
            return queue.find(new TaskId(jobId))
                    .filter(task -> !task.state().isFinal())
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false; // Not an id of ours.
        }
    }
}
