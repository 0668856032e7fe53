package dev.outrigger.backup;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.keep.BackupCatalog;
import dev.outrigger.backup.keep.CatalogCache;
import dev.outrigger.backup.keep.Collected;
import dev.outrigger.backup.keep.CollectionOrder;
import dev.outrigger.backup.keep.GarbageCollection;
import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.Removal;
import dev.outrigger.backup.keep.Retention;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Removes what is not kept, or is nobody's: one deleted backup, or all that a location has of it. */
final class GcTask extends KeepTask {

    static final String TYPE = "gc";

    private final StoreDoor door;
    private final KeepSite site;
    private final KeepRules rules;
    private final LastFindings findings;
    private final BackupFigures figures;
    private final Predicate<String> running;

    /**
     * Makes the handler.
     *
     * @param running tells of a job of this node whether it may go on
     */
    GcTask(
            KeepSite site,
            StoreDoor door,
            KeepRules rules,
            LastFindings findings,
            BackupFigures figures,
            Predicate<String> running) {
        super(door);
        this.door = door;
        this.site = site;
        this.rules = rules;
        this.findings = findings;
        this.figures = figures;
        this.running = running;
    }

    @Override
    TaskResult run(KeepOrder order, ObjectStore store, TaskControl control, TaskContext context)
            throws IOException, RefusedException {
        if (order.backup().isPresent() && !order.unfinished()) {
            Collected removed = new Removal(site, store).finish(order.backup().get(), control);
            return TaskResult.of(json -> KeepDocuments.write(json, removed));
        }
        if (!order.dryRun()) {
            door.clearTrials(order.location(), store);
            expire(order, store, control);
        }
        Set<BackupId> givenUp = order.backup().map(Set::of).orElse(Set.of());
        Collected collected =
                new GarbageCollection(site, store, running, control).run(new CollectionOrder(givenUp, order.dryRun()));
        figures.collected(order.location(), collected.abortedUploads(), collected.orphans());
        return TaskResult.of(json -> KeepDocuments.write(json, collected));
    }

    /** Makes those backups none that the rule for the location does not keep. */
    private void expire(KeepOrder order, ObjectStore store, TaskControl control) throws IOException, RefusedException {
        Optional<Retention> retention = rules.retention(order.location());
        if (retention.isEmpty()) {
            return;
        }
        BackupCatalog catalog =
                new BackupCatalog(store, order.location().toString(), site.signature(), new CatalogCache(), findings);
        List<BackupId> expired = retention
                .get()
                .expired(catalog.all(), site.product().name(), site.clock().instant());
        for (BackupId id : expired) {
            control.check();
            expire(id, store, control);
        }
    }

    private void expire(BackupId id, ObjectStore store, TaskControl control) throws IOException, RefusedException {
        try {
            new Removal(site, store).begin(id);
            control.log("backup " + id + " is not kept any longer");
        } catch (RefusedException e) {
            if (e.reason() != RefusedException.Reason.NOT_FOUND) {
                throw e;
            } // Another node, or an operator, was faster.
        }
    }
}
