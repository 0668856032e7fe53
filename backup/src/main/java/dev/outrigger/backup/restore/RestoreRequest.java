package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.TableName;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a restore.
 *
 * @param backup where the tables come from
 * @param location where that lies, in the canonical form
 * @param tables which tables, as the backup calls them, in that order; none for all that are in it
 * @param mode what to do where a table is there already
 * @param renamed what tables are to be called here, where not as in the backup
 */
public record RestoreRequest(
        BackupId backup, String location, List<TableName> tables, RestoreMode mode, Map<TableName, TableName> renamed) {

    public RestoreRequest {
        requireNonNull(backup, "backup");
        requireNonNull(location, "location");
        requireNonNull(mode, "mode");
        tables = List.copyOf(tables);
        renamed = Map.copyOf(renamed);
    }
}
