package dev.outrigger.backup;

import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.Scrub;
import dev.outrigger.backup.keep.ScrubResult;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskResult;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Verifies every backup at a location. Where one turns out to be damaged, whoever makes backups by the clock is told, once. */
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
        String location = order.location().toString();
        Set<Damaged> before = damaged(location);
        try {
            ScrubResult result = new Scrub(site, store, location, findings, control).run();
            figures.scrubbed(order.location(), result.missing(), result.corrupt());
            return TaskResult.of(json -> KeepDocuments.write(json, result));
        } finally {
            // Also where the store failed before the end: the next attempt knows of these, and takes them for told.
            if (!before.containsAll(damaged(location))) {
                damaged.accept(order.location());
            }
        }
    }

    /** One backup that is damaged; another under its id is another. */
    private record Damaged(BackupId id, Optional<String> token) {}

    private Set<Damaged> damaged(String location) {
        return findings.damaged(location).stream()
                .map(result -> new Damaged(result.id(), result.token()))
                .collect(Collectors.toSet());
    }
}
