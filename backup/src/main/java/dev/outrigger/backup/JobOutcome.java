package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskContext;
import java.util.Optional;
import java.util.Set;

/**
 * What a job leaves in its record beyond result and words of failure: for whoever waits for its answer, and for another attempt.
 *
 * @param isConflict whether it failed since something of that name is there
 * @param document what became of it, table by table, where it got that far
 */
record JobOutcome(boolean isConflict, Optional<String> document) {

    private static final JobOutcome NONE = new JobOutcome(false, Optional.empty());
    private static final String CONFLICT = "conflict";
    private static final String DOCUMENT = "outcome";

    /** What is saved by a job that met something of somebody else. */
    static String conflict() {
        return new String(JsonWriter.object(json -> json.field(CONFLICT, true)), UTF_8);
    }

    /** What is saved by a job that knows what became of each table. */
    static String ended(String document) {
        return new String(JsonWriter.object(json -> json.encodedField(DOCUMENT, document.getBytes(UTF_8))), UTF_8);
    }

    /** Removes what an attempt before has saved, so that it is not taken for this one's. */
    static void forget(TaskContext context) {
        if (context.saved().isPresent() && !of(context.task()).equals(NONE)) {
            context.save("{}");
        }
    }

    /** Reads what a job has saved. */
    static JobOutcome of(Task task) {
        try {
            return task.saved()
                    .map(saved ->
                            JsonReader.object(saved.getBytes(UTF_8), TaskContext.MAX_SAVED_BYTES, Set.of(DOCUMENT)))
                    .map(json ->
                            new JobOutcome(json.optionalBoolean(CONFLICT).orElse(false), json.optionalString(DOCUMENT)))
                    .orElse(NONE);
        } catch (JsonFormatException e) {
            return NONE; // saved by a version that saves something else
        }
    }
}
