package dev.outrigger.backup;

import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** All figures of backups and restores. Safe for use by many threads. */
final class BackupFigures {

    private final TransferFigures backup;
    private final TransferFigures restore;
    private final LongAdder abortedUploads = new LongAdder();
    private final AtomicLong orphans = new AtomicLong();
    private final Damage missing = new Damage(Labels.of("state", "missing"), new AtomicLong());
    private final Damage corrupt = new Damage(Labels.of("state", "corrupt"), new AtomicLong());

    BackupFigures(InstantSource clock) {
        this.backup = new TransferFigures(clock);
        this.restore = new TransferFigures(clock);
    }

    private record Damage(Labels labels, AtomicLong count) {}

    TransferFigures backup() {
        return backup;
    }

    TransferFigures restore() {
        return restore;
    }

    /** Notes what a collection of garbage has found. */
    void collected(long uploads, long orphanFiles) {
        abortedUploads.add(uploads);
        orphans.set(orphanFiles);
    }

    /** Notes what the last scrub has found. */
    void scrubbed(long missingFiles, long corruptFiles) {
        missing.count().set(missingFiles);
        corrupt.count().set(corruptFiles);
    }

    /**
     * Returns what shows them.
     *
     * @param prefix of the sidecar's own metrics
     */
    MetricsSource metrics(String prefix) {
        List<Damage> damage = List.of(missing, corrupt);
        List<MetricFamily> families = new ArrayList<>(backup.families(prefix + "_backup", "backups"));
        families.addAll(restore.families(prefix + "_restore", "restores"));
        families.add(MetricFamily.ofEach(
                MetricType.GAUGE,
                prefix + "_backup_shards",
                "Files of backups that the last scrub found missing or corrupt.",
                () -> damage,
                Damage::labels,
                each -> each.count().get()));
        families.add(MetricFamily.counter(
                prefix + "_backup_aborted_uploads_total",
                "Unfinished files of dead writers that were removed.",
                abortedUploads::sum));
        families.add(MetricFamily.gauge(
                prefix + "_backup_orphans",
                "Files that look like a backup's and belong to none, as of the last collection of garbage.",
                orphans::get));
        return MetricsSource.of("backup", families);
    }
}
