package dev.outrigger.backup.create;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/**
 * A backup that is to be made: all that its job remembers between two attempts.
 *
 * @param id of the backup
 * @param location where it goes, in the canonical form
 * @param tables which tables, in the order asked; none for all that there are
 * @param token by which its writer knows its own
 * @param orderedAt when it was asked for
 */
public record BackupOrder(BackupId id, String location, List<TableName> tables, String token, Instant orderedAt) {

    public BackupOrder {
        requireNonNull(id, "id");
        requireNonNull(location, "location");
        requireNonNull(token, "token");
        requireNonNull(orderedAt, "orderedAt");
        tables = List.copyOf(tables);
    }

    /** Writes the order for the job's record. */
    public byte[] encode() {
        return JsonWriter.object(json -> json.field("backup_id", id.value())
                .field("location", location)
                .texts("table_names", tables.stream().map(TableName::value).toList())
                .field("token", token)
                .field("ordered_at", orderedAt));
    }

    /**
     * Reads an order out of the job's record.
     *
     * @throws RuntimeException if this is no order
     */
    public static BackupOrder decode(byte[] record) {
        JsonObject json = JsonReader.object(record);
        return new BackupOrder(
                new BackupId(json.string("backup_id")),
                json.string("location"),
                json.optionalStrings("table_names").orElse(List.of()).stream()
                        .map(TableName::new)
                        .toList(),
                json.string("token"),
                Instant.parse(json.string("ordered_at")));
    }
}
