package dev.outrigger.backup;

import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.Scrub;
import dev.outrigger.backup.keep.ScrubResult;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskResult;
import java.io.IOException;
import java.util.function.Consumer;

/** Verifies every backup at a location. Where one is damaged, whoever makes backups by the clock is told. */
final class ScrubTask extends KeepTask {

    static final String TYPE = "scrub";

    private final KeepSite site;
    private final LastFindings findings;
    private final BackupFigures figures;
    private final Consumer<Location> damaged;

    ScrubTask(KeepSite site, StoreDoor door, LastFindings findings, BackupFigures figures, Consumer<Location> damaged) {
        super(door);
        this.site = site;
        this.findings = findings;
        this.figures = figures;
        this.damaged = damaged;
    }

    @Override
    TaskResult run(KeepOrder order, ObjectStore store, TaskControl control, TaskContext context) throws IOException {
        ScrubResult result = new Scrub(site, store, order.location().toString(), findings, control).run();
        figures.scrubbed(order.location(), result.missing(), result.corrupt());
        if (!result.damaged().isEmpty()) {
            control.log("damaged: " + result.damaged().size() + " of " + result.backups() + " backups");
            damaged.accept(order.location());
        }
        return TaskResult.of(json -> KeepDocuments.write(json, result));
    }
}
