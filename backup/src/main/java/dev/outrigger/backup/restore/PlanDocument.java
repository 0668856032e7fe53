package dev.outrigger.backup.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.manifest.Sha256;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.Arrays;

/** A plan as a file has it: one line of JSON about it, and then the plan as it was given. */
final class PlanDocument {

    private static final int FORMAT = 1;
    private static final int MAX_LINE = 1024;

    private PlanDocument() {}

    static byte[] encode(StoredPlan plan) {
        byte[] line = JsonWriter.object(json -> json.field("format_version", FORMAT)
                .field("restore_id", plan.restore().value())
                .field("version", plan.version())
                .field("sha256", Sha256.of(plan.content()).hex()));
        byte[] document = Arrays.copyOf(line, line.length + 1 + plan.content().length);
        document[line.length] = '\n';
        System.arraycopy(plan.content(), 0, document, line.length + 1, plan.content().length);
        return document;
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is damaged, another restore's, or of a newer format; the message does not repeat it
     * @throws dev.outrigger.json.JsonFormatException if what is said about it is malformed
     */
    static StoredPlan decode(byte[] document, RestoreId restore) {
        int end = new String(document, 0, Math.min(document.length, MAX_LINE), UTF_8).indexOf('\n');
        if (end < 0) {
            throw new IllegalArgumentException("plan: cut short (expected: a line about it before it)");
        }
        JsonObject json = JsonReader.object(Arrays.copyOf(document, end));
        if (json.wholeNumber("format_version") != FORMAT) {
            throw new IllegalArgumentException("format_version: another (expected: " + FORMAT + ")");
        }
        if (!json.string("restore_id").equals(restore.value())) {
            throw new IllegalArgumentException("restore_id: another (expected: the file's name)");
        }
        if (json.wholeNumber("version") <= 0) {
            throw new IllegalArgumentException("version: below what it may be (expected: >= 1)");
        }
        byte[] content = Arrays.copyOfRange(document, end + 1, document.length);
        if (!Sha256.of(content).hex().equals(json.string("sha256"))) {
            throw new IllegalArgumentException("plan: damaged (expected: its sha256)");
        }
        return new StoredPlan(restore, json.wholeNumber("version"), content);
    }
}
