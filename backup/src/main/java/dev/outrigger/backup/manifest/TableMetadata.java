package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup keeps of a table beside its shards' archives.
 *
 * @param name of the table
 * @param description the host's own
 * @param shards ascending by id
 */
public record TableMetadata(TableName name, TableDescription description, List<ShardDescription> shards) {

    /** The largest document that is read or written. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int FORMAT = 1;
    private static final Set<String> THEIRS = Set.of("schema", "read_schema", "indexes");

    public TableMetadata {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        shards = shards.stream()
                .sorted(Comparator.comparingInt(ShardDescription::id))
                .toList();
    }

    /**
     * Writes the document.
     *
     * @throws IllegalArgumentException if what the host gave as JSON is none, a text is not well-formed, or the whole is larger than
     *     {@link #MAX_BYTES}: if it would not come back as it was
     */
    public byte[] encode() {
        byte[] document = JsonWriter.object(json -> json.field("format_version", FORMAT)
                .field("name", name.value())
                .field("description", description.description())
                .encodedField("schema", description.schema().getBytes(UTF_8))
                .encodedField("read_schema", description.readSchema().getBytes(UTF_8))
                .encodedField("indexes", description.indexes().getBytes(UTF_8))
                .object(
                        "shards",
                        list -> shards.forEach(
                                shard -> list.object(Integer.toString(shard.id()), fields -> write(fields, shard)))));
        requireEqual(document);
        return document;
    }

    /** Reads the document as a restore will: what stands in place of a value may be several fields. */
    private void requireEqual(byte[] document) {
        try {
            if (!decode(document, name).equals(new TableMetadata(name, stripped(), shards))) {
                throw new IllegalArgumentException("description of table " + name
                        + ": not what it reads like (expected: well-formed JSON and texts)");
            }
        } catch (BadManifestException e) {
            throw new IllegalArgumentException("description of table " + name + ": " + e.getMessage(), e);
        }
    }

    /** White space around JSON is no part of it. */
    private TableDescription stripped() {
        return new TableDescription(
                description.description(),
                description.schema().strip(),
                description.readSchema().strip(),
                description.indexes().strip());
    }

    /**
     * Reads a document.
     *
     * @throws BadManifestException if it is malformed, another table's, or made for a newer reader
     */
    public static TableMetadata decode(byte[] document, TableName name) throws BadManifestException {
        try {
            JsonObject json = JsonReader.object(document, MAX_BYTES, THEIRS);
            if (json.wholeNumber("format_version") != FORMAT) {
                throw new BadManifestException("format_version of table " + name + " (expected: " + FORMAT + ")");
            }
            if (!json.string("name").equals(name.value())) {
                throw new BadManifestException("the metadata is another table's (expected: " + name + ")");
            }
            TableDescription description = new TableDescription(
                    json.string("description"),
                    json.string("schema"),
                    json.string("read_schema"),
                    json.string("indexes"));
            return new TableMetadata(name, description, shards(json.object("shards")));
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new BadManifestException("the metadata of table " + name + " is malformed: " + e.getMessage());
        }
    }

    private static void write(JsonWriter json, ShardDescription shard) {
        json.field(
                        "range_start",
                        shard.range().map(ShardDescription.Range::start).orElse(null))
                .field(
                        "range_end",
                        shard.range().map(ShardDescription.Range::end).orElse(null));
        write(json, "applied_index", shard.appliedIndex());
        write(json, "term", shard.term());
    }

    private static void write(JsonWriter json, String name, long number) {
        if (number == ShardDescription.UNKNOWN) {
            json.nullField(name);
        } else {
            json.field(name, number);
        }
    }

    private static List<ShardDescription> shards(JsonObject json) {
        List<ShardDescription> shards = new ArrayList<>();
        for (String id : json.names()) {
            JsonObject shard = json.object(id);
            Optional<ShardDescription.Range> range = shard.has("range_start")
                    ? Optional.of(new ShardDescription.Range(shard.string("range_start"), shard.string("range_end")))
                    : Optional.empty();
            shards.add(new ShardDescription(
                    Integer.parseInt(id),
                    range,
                    shard.optionalLong("applied_index").orElse(ShardDescription.UNKNOWN),
                    shard.optionalLong("term").orElse(ShardDescription.UNKNOWN)));
        }
        return shards;
    }
}
