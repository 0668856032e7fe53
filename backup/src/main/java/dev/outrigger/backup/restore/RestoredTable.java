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
        String status = switch (table.state()) {
            case LIVE -> "completed";
            case SKIPPED -> "skipped";
            case FAILED -> "failed";
            case STAGING, STAGED -> "triggered";
        };
        return new RestoredTable(table.target(), status, table.error());
    }
}
