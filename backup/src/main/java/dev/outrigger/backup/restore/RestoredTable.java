package dev.outrigger.backup.restore;

import dev.outrigger.backup.spi.TableName;
import java.util.Optional;

/**
 * What became of one table of a restore.
 *
 * @param name what it is called here
 * @param status {@code completed}, {@code failed} or {@code skipped}
 * @param error why it failed, for people
 */
public record RestoredTable(TableName name, String status, Optional<String> error) {

    static RestoredTable of(PlannedTable table) {
        return of(table.target(), table.state(), table.error());
    }

    static RestoredTable of(TableName name, TableState state, Optional<String> error) {
        String status = switch (state) {
            case LIVE -> "completed";
            case SKIPPED -> "skipped";
            case FAILED -> "failed";
            case STAGING, STAGED -> "triggered";
        };
        return new RestoredTable(name, status, error);
    }
}
