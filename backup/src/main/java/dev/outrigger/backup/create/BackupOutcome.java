package dev.outrigger.backup.create;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.manifest.TableStatus;
import java.util.List;

/**
 * What became of a backup.
 *
 * @param id of the backup
 * @param tables in the order asked
 * @param bytes how long its files are together
 */
public record BackupOutcome(BackupId id, List<ManifestTable> tables, long bytes) {

    public BackupOutcome {
        tables = List.copyOf(tables);
    }

    /** Returns {@code completed}, {@code partial}, or {@code failed} where no table made it and hence there is no backup. */
    public String status() {
        long completed = tables.stream()
                .filter(table -> table.status() == TableStatus.COMPLETED)
                .count();
        if (completed == 0) {
            return "failed";
        }
        return completed == tables.size() ? "completed" : "partial";
    }
}
