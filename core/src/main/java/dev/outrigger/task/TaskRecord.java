package dev.outrigger.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes a task as one JSON object, and reads it again: what a {@link TaskStore} records.
 *
 * <pre>
 *   {"format_version":1,"id":"…","version":3,"type":"backup","payload":"…","priority":0,"max_attempts":5,"not_before":null,
 *    "state":"running","attempts":1,"due":"…","fence":1,"lease":{"owner":"…","until":"…"},"cancel_requested":false,
 *    "progress":{"phase":"…","done_bytes":0,"total_bytes":null,"done_shards":0,"total_shards":null},"saved":null,
 *    "last_error":null,"created_at":"…","updated_at":"…","finished_at":null,"result":null}
 * </pre>
 */
public final class TaskRecord {

    /** Room for the largest payload, saved text and result, with every character of theirs escaped. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int FORMAT = 1;
    private static final Set<String> UNREAD = Set.of("result");

    private TaskRecord() {}

    /** Writes a task. */
    public static byte[] encode(Task task) {
        return JsonWriter.object(json -> {
            TaskRequest request = task.request();
            json.field("format_version", FORMAT)
                    .field("id", task.id().value())
                    .field("version", task.version())
                    .field("type", request.type())
                    .field("payload", request.payload())
                    .field("priority", request.priority())
                    .field("max_attempts", request.maxAttempts());
            write("not_before", request.due(), json);
            json.field("state", task.state().word())
                    .field("attempts", task.attempts())
                    .field("due", task.due())
                    .field("fence", task.fence());
            write(task.lease(), json);
            json.field("cancel_requested", task.isCancelRequested()).object("progress", of(task.progress()));
            json.field("saved", task.saved().orElse(null))
                    .field("last_error", task.lastError().orElse(null))
                    .field("created_at", task.createdAt())
                    .field("updated_at", task.updatedAt());
            write("finished_at", task.finishedAt(), json);
            write(task.result(), json);
        });
    }

    private static void write(Optional<TaskLease> lease, JsonWriter json) {
        lease.ifPresentOrElse(
                held -> json.object(
                        "lease", fields -> fields.field("owner", held.owner()).field("until", held.until())),
                () -> json.nullField("lease"));
    }

    private static void write(String name, Optional<Instant> time, JsonWriter json) {
        time.ifPresentOrElse(known -> json.field(name, known), () -> json.nullField(name));
    }

    private static void write(TaskResult result, JsonWriter json) {
        result.json()
                .ifPresentOrElse(
                        text -> json.encodedField("result", text.getBytes(UTF_8)), () -> json.nullField("result"));
    }

    /** Writes the fields of a progress, as records and answers have them. */
    public static JsonWriter.Part of(TaskProgress progress) {
        return json -> {
            json.field("phase", progress.phase().isEmpty() ? null : progress.phase())
                    .field("done_bytes", progress.doneBytes());
            write("total_bytes", progress.totalBytes(), json);
            json.field("done_shards", progress.doneShards());
            write("total_shards", progress.totalShards(), json);
        };
    }

    private static void write(String name, OptionalLong number, JsonWriter json) {
        if (number.isPresent()) {
            json.field(name, number.getAsLong());
        } else {
            json.nullField(name);
        }
    }

    /**
     * Reads a task.
     *
     * @throws IllegalArgumentException if it is none, is cut off, or is of a format of the future; the message quotes nothing of it
     */
    public static Task decode(byte[] utf8) {
        try {
            JsonObject json = JsonReader.object(utf8, MAX_BYTES, UNREAD);
            if (json.wholeNumber("format_version") != FORMAT) {
                throw new IllegalArgumentException("task record: unknown format (expected: " + FORMAT + ")");
            }
            return Task.checked(draft(json));
        } catch (JsonFormatException e) {
            throw new IllegalArgumentException("task record: " + e.getMessage(), e);
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("task record: a number or a time is out of bounds", e);
        }
    }

    private static TaskDraft draft(JsonObject json) {
        TaskRequest request = new TaskRequest(
                json.string("type"),
                json.string("payload"),
                Math.toIntExact(json.wholeNumber("priority")),
                Math.toIntExact(json.wholeNumber("max_attempts")),
                optionalTime(json, "not_before"));
        TaskDraft draft = new TaskDraft(new TaskId(json.string("id")), request, time(json, "created_at"));
        draft.version = json.wholeNumber("version");
        draft.state = TaskState.of(json.string("state"))
                .orElseThrow(() -> new IllegalArgumentException("task record: unknown state"));
        draft.attempts = Math.toIntExact(json.wholeNumber("attempts"));
        draft.due = time(json, "due");
        draft.fence = json.wholeNumber("fence");
        draft.lease =
                json.optionalObject("lease").map(lease -> new TaskLease(lease.string("owner"), time(lease, "until")));
        draft.cancelRequested = json.optionalBoolean("cancel_requested").orElse(false);
        draft.progress = progress(json.object("progress"));
        draft.saved = json.optionalString("saved");
        draft.lastError = json.optionalString("last_error");
        draft.updatedAt = time(json, "updated_at");
        draft.finishedAt = optionalTime(json, "finished_at");
        draft.result = new TaskResult(json.optionalString("result").filter(text -> !text.equals("null")));
        return draft;
    }

    private static TaskProgress progress(JsonObject json) {
        return new TaskProgress(
                json.optionalString("phase").orElse(""),
                json.wholeNumber("done_bytes"),
                json.optionalLong("total_bytes"),
                json.wholeNumber("done_shards"),
                json.optionalLong("total_shards"));
    }

    private static Instant time(JsonObject json, String name) {
        return Instant.parse(json.string(name));
    }

    private static Optional<Instant> optionalTime(JsonObject json, String name) {
        return json.optionalString(name).map(Instant::parse);
    }
}
