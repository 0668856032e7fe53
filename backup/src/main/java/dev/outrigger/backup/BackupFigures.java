package dev.outrigger.backup;

import dev.outrigger.backup.location.Location;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** All figures of backups and restores. Safe for use by many threads. */
final class BackupFigures {

    private final TransferFigures backup;
    private final TransferFigures restore;
    private final LongAdder abortedUploads = new LongAdder();

    /** What was found last, location by location. */
    private final Map<Location, Long> orphans = new ConcurrentHashMap<>();

    private final Damage missing = new Damage(Labels.of("state", "missing"), new ConcurrentHashMap<>());
    private final Damage corrupt = new Damage(Labels.of("state", "corrupt"), new ConcurrentHashMap<>());

    BackupFigures(InstantSource clock) {
        this.backup = new TransferFigures(clock);
        this.restore = new TransferFigures(clock);
    }

    private record Damage(Labels labels, Map<Location, Long> counts) {

        long count() {
            return sum(counts);
        }
    }

    private static long sum(Map<Location, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    TransferFigures backup() {
        return backup;
    }

    TransferFigures restore() {
        return restore;
    }

    /** Notes what a collection of garbage has found. */
    void collected(Location location, long uploads, long orphanFiles) {
        abortedUploads.add(uploads);
        orphans.put(location, orphanFiles);
    }

    /** Notes what a scrub has found. */
    void scrubbed(Location location, long missingFiles, long corruptFiles) {
        missing.counts().put(location, missingFiles);
        corrupt.counts().put(location, corruptFiles);
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
                Damage::count));
        families.add(MetricFamily.counter(
                prefix + "_backup_aborted_uploads_total",
                "Unfinished files of dead writers that were removed.",
                abortedUploads::sum));
        families.add(MetricFamily.gauge(
                prefix + "_backup_orphans",
                "Files that look like a backup's and belong to none, as of the last collection of garbage.",
                () -> sum(orphans)));
        return MetricsSource.of("backup", families);
    }
}
