package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A health document with a gap where the array of shards goes. Immutable; the fields before the gap are encoded once.
 *
 * @param fields the object as it is before shards and warnings, closing brace included
 * @param warnings without those that the missing array may add
 */
record HealthDocument(byte[] fields, List<String> warnings) {

    private static final byte[] SHARDS = ",\"shards\":".getBytes(US_ASCII);
    private static final byte[] NO_SHARDS = "[]".getBytes(US_ASCII);
    private static final byte[] UNKNOWN_SHARDS = "null".getBytes(US_ASCII);

    /** The document of a node with no shard. */
    byte[] withNoShards() {
        return whole(NO_SHARDS);
    }

    /** The document for a reader who asked not to see the shards: it does not have the field. */
    byte[] withoutShards() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(fields.length + 64);
        bytes.write(fields, 0, fields.length - 1);
        bytes.writeBytes(tail(warnings));
        return bytes.toByteArray();
    }

    /** The document for when the array cannot be had, and a warning that says why. */
    byte[] withUnknownShards(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new HealthDocument(fields, more).whole(UNKNOWN_SHARDS);
    }

    /** What stands before the array. */
    byte[] head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(fields.length + SHARDS.length);
        bytes.write(fields, 0, fields.length - 1);
        bytes.writeBytes(SHARDS);
        return bytes.toByteArray();
    }

    /** What stands after the array. */
    byte[] tail() {
        return tail(warnings);
    }

    private byte[] whole(byte[] shards) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(fields.length + 64);
        bytes.writeBytes(head());
        bytes.writeBytes(shards);
        bytes.writeBytes(tail());
        return bytes.toByteArray();
    }

    private static byte[] tail(List<String> warnings) {
        byte[] object = JsonWriter.object(json -> json.texts("warnings", warnings));
        object[0] = ',';
        return object;
    }
}
