package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a restore is to do, and how far it is: all that it remembers when the process ends.
 *
 * @param restore names it
 * @param backup where the tables come from
 * @param location where that lies, in the canonical form
 * @param token of the backup's writer: another backup under the same id is another one
 * @param replaces whether tables that are there may be replaced
 * @param tables in the order asked
 */
public record RestorePlan(
        RestoreId restore,
        BackupId backup,
        String location,
        String token,
        boolean replaces,
        List<PlannedTable> tables) {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    public RestorePlan {
        requireNonNull(restore, "restore");
        requireNonNull(backup, "backup");
        requireNonNull(location, "location");
        requireNonNull(token, "token");
        tables = List.copyOf(tables);
    }

    /** The same with one table further on. */
    RestorePlan with(PlannedTable table) {
        return new RestorePlan(
                restore,
                backup,
                location,
                token,
                replaces,
                tables.stream()
                        .map(other -> other.target().equals(table.target()) ? table : other)
                        .toList());
    }

    /** Returns what is to become of each table, or has become of it. */
    public List<RestoredTable> outcome() {
        return tables.stream().map(RestoredTable::of).toList();
    }

    /** Returns the table that is to be called so here. */
    PlannedTable table(TableName target) {
        return tables.stream()
                .filter(table -> table.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    byte[] encode() {
        return JsonWriter.object(json -> json.field("restore_id", restore.value())
                .field("backup_id", backup.value())
                .field("location", location)
                .field("token", token)
                .field("replaces", replaces)
                .array(
                        "tables",
                        list -> tables.forEach(table -> list.element(
                                fields -> fields.field("source", table.source().value())
                                        .field("target", table.target().value())
                                        .field("state", table.state().word())
                                        .field("error", table.error().orElse(null))
                                        .numbers("staged_shards", new TreeSet<>(table.stagedShards()))))));
    }

    /**
     * Reads a plan.
     *
     * @throws RuntimeException if it is none
     */
    static RestorePlan decode(byte[] document) {
        JsonObject json = JsonReader.object(document, MAX_BYTES);
        List<PlannedTable> tables = new ArrayList<>();
        for (JsonObject table : json.objects("tables")) {
            tables.add(new PlannedTable(
                    new TableName(table.string("source")),
                    new TableName(table.string("target")),
                    TableState.of(table.string("state")),
                    table.optionalString("error"),
                    table.wholeNumbers("staged_shards").stream()
                            .map(Math::toIntExact)
                            .collect(Collectors.toSet())));
        }
        return new RestorePlan(
                new RestoreId(json.string("restore_id")),
                new BackupId(json.string("backup_id")),
                json.string("location"),
                json.string("token"),
                Optional.of(true).equals(json.optionalBoolean("replaces")),
                tables);
    }
}
