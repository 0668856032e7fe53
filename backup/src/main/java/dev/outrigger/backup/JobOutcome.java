package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.task.Task;
import java.util.Optional;
import java.util.Set;

/**
 * What a job leaves in its record beyond its state: for whoever waits for its answer where it failed, and for its next attempt where the
 * process ended before the job did.
 *
 * @param isConflict whether it failed since something of that name is there
 * @param document what became of it, table by table, where it got that far
 */
record JobOutcome(boolean isConflict, Optional<String> document) {

    private static final String CONFLICT = "conflict";
    private static final String DOCUMENT = "outcome";
    private static final int MAX_BYTES = 1024 * 1024;

    /** What is saved by a job that met something of somebody else. */
    static String conflict() {
        return new String(JsonWriter.object(json -> json.field(CONFLICT, true)), UTF_8);
    }

    /** What is saved by a job that has got as far as its tables. */
    static String ended(String document) {
        return new String(JsonWriter.object(json -> json.encodedField(DOCUMENT, document.getBytes(UTF_8))), UTF_8);
    }

    /** Reads what a job has saved. */
    static JobOutcome of(Task task) {
        try {
            return task.saved()
                    .map(saved -> JsonReader.object(saved.getBytes(UTF_8), MAX_BYTES, Set.of(DOCUMENT)))
                    .map(json ->
                            new JobOutcome(json.optionalBoolean(CONFLICT).orElse(false), json.optionalString(DOCUMENT)))
                    .orElseGet(() -> new JobOutcome(false, Optional.empty()));
        } catch (JsonFormatException e) {
            return new JobOutcome(false, Optional.empty()); // saved by a version that saves something else
        }
    }
}
