package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskRecord;
import java.util.Optional;

/** Writes what is told of a task, which clients know as a job; never its payload, nor what its handler saved. */
final class JobDocument {

    private JobDocument() {}

    /** The whole document. */
    static byte[] of(Task task) {
        return JsonWriter.object(json -> write(json, task));
    }

    /** Writes the document's fields. */
    static void write(JsonWriter json, Task task) {
        write(json, task, task.result().json());
    }

    /**
     * Writes the document's fields.
     *
     * @param result what is told of the task's result
     */
    static void write(JsonWriter json, Task task, Optional<String> result) {
        json.field("id", task.id().value())
                .field("type", task.type())
                .field("state", task.state().word())
                .field("priority", task.priority())
                .field("attempts", task.attempts())
                .field("max_attempts", task.maxAttempts())
                .object("progress", TaskRecord.of(task.progress()))
                .field("last_error", task.lastError().orElse(null))
                .field("created_at", task.createdAt())
                .field("updated_at", task.updatedAt());
        task.finishedAt().ifPresentOrElse(time -> json.field("finished_at", time), () -> json.nullField("finished_at"));
        result.ifPresentOrElse(
                text -> json.encodedField("result", text.getBytes(UTF_8)), () -> json.nullField("result"));
    }
}
