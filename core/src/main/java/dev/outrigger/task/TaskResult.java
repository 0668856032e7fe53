package dev.outrigger.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.Optional;

/**
 * What came out of a task. Shown to whoever may read jobs.
 *
 * @param json one JSON object, at most 256 KiB as UTF-8; empty where success is all there is to tell
 */
public record TaskResult(Optional<String> json) {

    /** The largest result. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final TaskResult NONE = new TaskResult(Optional.empty());

    /**
     * @throws dev.outrigger.json.JsonFormatException if it is no JSON object, or too large
     */
    public TaskResult {
        json.ifPresent(text -> JsonReader.object(text.getBytes(UTF_8), MAX_BYTES));
    }

    /** Success, and nothing to tell. */
    public static TaskResult none() {
        return NONE;
    }

    /** A result of the fields that the part writes. */
    public static TaskResult of(JsonWriter.Part fields) {
        return new TaskResult(Optional.of(new String(JsonWriter.object(fields), UTF_8)));
    }
}
