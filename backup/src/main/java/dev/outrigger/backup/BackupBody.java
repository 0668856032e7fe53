package dev.outrigger.backup;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.http.JsonBody;
import dev.outrigger.http.Request;
import dev.outrigger.json.JsonObject;
import java.util.List;

/**
 * What every request on a backup has in its body.
 *
 * @param id of the backup
 * @param location where it lies, or is to lie
 * @param tables by name, in the order asked; none for all
 */
record BackupBody(BackupId id, Location location, List<TableName> tables) {

    private static final int MAX_TABLES = 10_000;

    BackupBody {
        tables = List.copyOf(tables);
        if (tables.size() > MAX_TABLES) {
            throw new IllegalArgumentException("table_names: " + tables.size() + " (expected: <= " + MAX_TABLES + ")");
        }
    }

    /** Reads it out of a request. */
    static BackupBody of(Request request) throws RefusedException {
        JsonObject body = object(request);
        return new BackupBody(
                new BackupId(body.string("backup_id")), StoreDoor.location(body.string("location")), tables(body));
    }

    /** Reads a body as one object; it has been checked to be JSON of the right kind. */
    static JsonObject object(Request request) {
        return JsonBody.read(request, body -> body);
    }

    static List<TableName> tables(JsonObject body) {
        return body.optionalStrings("table_names").orElse(List.of()).stream()
                .map(TableName::new)
                .distinct()
                .toList();
    }
}
