package dev.outrigger.backup;

import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.restore.RestoredTable;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.TaskId;
import java.util.List;

/** The documents that answers consist of. */
final class BackupDocuments {

    private BackupDocuments() {}

    /** What became of a backup: {@code {backup_id, job_id, tables:[{name,status,error}], status}}. */
    static byte[] outcome(BackupOutcome outcome, TaskId job) {
        return JsonWriter.object(json -> json.field("backup_id", outcome.id().value())
                .field("job_id", job.value())
                .array(
                        "tables",
                        list -> outcome.tables().forEach(table -> list.element(fields -> write(fields, table))))
                .field("status", outcome.status()));
    }

    /** A backup whose job has ended without getting as far as its tables, or has not ended yet. */
    static byte[] backup(BackupId id, TaskId job, String status) {
        return JsonWriter.object(json -> json.field("backup_id", id.value())
                .field("job_id", job.value())
                .array("tables", list -> {})
                .field("status", status));
    }

    /** A job that works on a backup: {@code {backup_id, job_id, status}}. */
    static byte[] underWay(BackupId id, TaskId job, String status) {
        return JsonWriter.object(json ->
                json.field("backup_id", id.value()).field("job_id", job.value()).field("status", status));
    }

    /** A job that works on a location: {@code {job_id, status}}. */
    static byte[] underWay(TaskId job, String status) {
        return JsonWriter.object(json -> json.field("job_id", job.value()).field("status", status));
    }

    /** A restore that was begun, or has ended: {@code {job_id, tables:[{name,status,error}], status}}. */
    static byte[] restore(TaskId job, List<RestoredTable> tables, String status) {
        return JsonWriter.object(json -> {
            json.field("job_id", job.value());
            writeTables(json, tables);
            json.field("status", status);
        });
    }

    /** A restore that was only looked at, without a job. */
    static byte[] rehearsed(List<RestoredTable> tables) {
        return JsonWriter.object(json -> {
            json.nullField("job_id");
            writeTables(json, tables);
            json.field("status", "checked");
        });
    }

    private static void writeTables(JsonWriter json, List<RestoredTable> tables) {
        json.array(
                "tables",
                list -> tables.forEach(table ->
                        list.element(fields -> fields.field("name", table.name().value())
                                .field("status", table.status())
                                .field("error", table.error().orElse(null)))));
    }

    private static void write(JsonWriter json, ManifestTable table) {
        json.field("name", table.name().value())
                .field("status", table.status().word())
                .field("error", table.error().orElse(null));
    }
}
