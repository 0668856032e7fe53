package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;

/** Looks after backups that are there. Safe for use by many threads. */
final class KeepService {

    static final String VERIFY = "verify";

    private final TaskQueue queue;

    KeepService(TaskQueue queue) {
        this.queue = requireNonNull(queue, "queue");
    }

    /** Has every byte of a backup read; returns the job. */
    Task verify(BackupId id, Location location) {
        return queue.enqueue(TaskRequest.of(
                VERIFY,
                new String(
                        JsonWriter.object(json -> json.field("backup_id", id.value())
                                .field("location", location.toString())),
                        UTF_8)));
    }
}
