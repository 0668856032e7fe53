package dev.outrigger.backup;

import dev.outrigger.backup.create.BackupOutcome;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.ManifestTable;
import dev.outrigger.backup.restore.RestoredTable;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.TaskId;
import dev.outrigger.task.TaskResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The documents that answers consist of. */
final class BackupDocuments {

    private BackupDocuments() {}

    /** What became of a backup: {@code {backup_id, job_id, tables:[{name,status,error}], status}}. */
    static byte[] outcome(BackupOutcome outcome, TaskId job) {
        return backup(outcome.id(), job, outcome.tables().stream().map(Line::of).toList(), outcome.status());
    }

    /** A backup whose job has failed without getting as far as its tables. */
    static byte[] failed(BackupId id, TaskId job, List<TableName> tables, String error) {
        Optional<String> why = Optional.of(error);
        return backup(
                id,
                job,
                tables.stream().map(table -> new Line(table, "failed", why)).toList(),
                "failed");
    }

    /** A backup whose job has not ended yet. */
    static byte[] running(BackupId id, TaskId job) {
        return backup(id, job, List.of(), "running");
    }

    private static byte[] backup(BackupId id, TaskId job, List<Line> tables, String status) {
        return bounded(
                tables,
                lines -> JsonWriter.object(json -> {
                    json.field("backup_id", id.value()).field("job_id", job.value());
                    write(json, lines, tables.size(), status);
                }));
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
        return restore(Optional.of(job), tables, status);
    }

    /** A restore that was only looked at, without a job. */
    static byte[] rehearsed(List<RestoredTable> tables) {
        return restore(Optional.empty(), tables, "checked");
    }

    private static byte[] restore(Optional<TaskId> job, List<RestoredTable> tables, String status) {
        return bounded(
                tables.stream().map(Line::of).toList(),
                lines -> JsonWriter.object(json -> {
                    json.field("job_id", job.map(TaskId::value).orElse(null));
                    write(json, lines, tables.size(), status);
                }));
    }

    /** What is said of one table. */
    private record Line(TableName table, String status, Optional<String> error) {

        static Line of(ManifestTable table) {
            return new Line(table.name(), table.status().word(), table.error());
        }

        static Line of(RestoredTable table) {
            return new Line(table.name(), table.status(), table.error());
        }
    }

    /** Says something of the tables, or, where that were more than the record of a job takes, of some: those that failed before others. */
    private static byte[] bounded(List<Line> tables, Function<List<Line>, byte[]> document) {
        byte[] whole = document.apply(tables);
        List<Line> said = tables.stream()
                .sorted(Comparator.comparing(line -> line.error().isEmpty()))
                .toList();
        while (whole.length > TaskResult.MAX_BYTES) {
            said = said.subList(0, said.size() / 2);
            whole = document.apply(said);
        }
        return whole;
    }

    private static void write(JsonWriter json, List<Line> said, int tables, String status) {
        json.array(
                        "tables",
                        list -> said.forEach(line -> list.element(
                                fields -> fields.field("name", line.table().value())
                                        .field("status", line.status())
                                        .field("error", line.error().orElse(null)))))
                .field("status", status);
        if (said.size() < tables) {
            json.field("omitted", tables - said.size());
        }
    }
}
