package dev.outrigger.backup.archive;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The first entry of an archive: what the archive says about itself, and the files that follow.
 *
 * @param header what it says
 * @param files what follows
 */
record HeaderDocument(ArchiveHeader header, List<ArchivedFile> files) {

    /** The entry's name. It never becomes a file. */
    static final String ENTRY = "__outrigger_metadata__.json";

    private static final int FORMAT_VERSION = 1;
    private static final String COMPRESSION = "zstd";
    private static final String FILES = "files";

    /** The longest document there is: some 200,000 files. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int MAX_BYTES_WITHOUT_FILES = 1 << 20;

    /** A name of 4,096 bytes, were each a quotation mark, and all else that is said about a file. */
    private static final int MAX_BYTES_PER_FILE = 2 * 4096 + 100;

    HeaderDocument {
        files = List.copyOf(files);
    }

    /** How long the document of so many files may be, so that what a reader holds in memory depends on what it expects. */
    static int maxBytes(long files) {
        long most = MAX_BYTES_WITHOUT_FILES + Math.min(files, MAX_BYTES) * MAX_BYTES_PER_FILE;
        return (int) Math.min(MAX_BYTES, most);
    }

    /**
     * Returns the document as JSON.
     *
     * @throws IllegalArgumentException if it is longer than it may be
     */
    byte[] encode() {
        byte[] json = JsonWriter.object(this::write);
        if (json.length > maxBytes(files.size())) {
            throw new IllegalArgumentException("header of a shard with " + files.size() + " files: " + json.length
                    + " bytes (expected: <= " + maxBytes(files.size()) + ")");
        }
        return json;
    }

    private void write(JsonWriter json) {
        json.field("format_version", FORMAT_VERSION)
                .field("product", header.product())
                .field("product_version", header.productVersion())
                .field("created_at", header.createdAt())
                .field("compression", COMPRESSION)
                .object("shard", this::writeShard)
                .array(FILES, list -> files.forEach(file -> list.element(part -> writeFile(part, file))));
    }

    private void writeShard(JsonWriter json) {
        ShardDescription shard = header.shard();
        json.field("id", shard.id())
                .field("node_id", header.nodeId())
                .field("table", header.table().value())
                .field(
                        "range_start",
                        shard.range().map(ShardDescription.Range::start).orElse(null))
                .field(
                        "range_end",
                        shard.range().map(ShardDescription.Range::end).orElse(null));
        writeKnown(json, "applied_index", shard.appliedIndex());
        writeKnown(json, "term", shard.term());
    }

    private static void writeKnown(JsonWriter json, String name, long value) {
        if (value == ShardDescription.UNKNOWN) {
            json.nullField(name);
        } else {
            json.field(name, value);
        }
    }

    private static void writeFile(JsonWriter json, ArchivedFile file) {
        json.field("path", file.name().value()).field("bytes", file.bytes());
    }

    /**
     * Reads a document.
     *
     * @throws CorruptArchiveException if it is none, or of a later version
     */
    static HeaderDocument decode(byte[] json) throws CorruptArchiveException {
        try {
            ListedFiles files = new ListedFiles();
            return decode(JsonReader.object(json, MAX_BYTES, FILES, files), files);
        } catch (JsonFormatException | IllegalArgumentException | DateTimeParseException e) {
            throw new CorruptArchiveException(ENTRY + ": " + e.getMessage(), e);
        }
    }

    private static HeaderDocument decode(JsonObject json, ListedFiles listed) {
        long version = number(json, "format_version");
        if (version != FORMAT_VERSION) {
            throw new IllegalArgumentException("format_version: " + version + " (expected: " + FORMAT_VERSION + ")");
        }
        if (!json.string("compression").equals(COMPRESSION)) {
            throw new IllegalArgumentException("compression: another (expected: " + COMPRESSION + ")");
        }
        JsonObject shard = json.optionalObject("shard").orElseThrow(() -> missing("shard"));
        ArchiveHeader header = new ArchiveHeader(
                json.string("product"),
                json.string("product_version"),
                Instant.parse(json.string("created_at")),
                shard.string("node_id"),
                new TableName(shard.string("table")),
                description(shard));
        if (json.optionalObjects(FILES).isEmpty()) {
            throw missing(FILES);
        }
        return new HeaderDocument(header, listed.files());
    }

    private static ShardDescription description(JsonObject json) {
        Optional<String> start = json.optionalString("range_start");
        Optional<String> end = json.optionalString("range_end");
        if (start.isPresent() != end.isPresent()) {
            throw new IllegalArgumentException("range_start, range_end: one of them (expected: both, or none)");
        }
        long id = number(json, "id");
        if (id > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("id: " + id + " (expected: <= " + Integer.MAX_VALUE + ")");
        }
        return new ShardDescription(
                Math.toIntExact(id),
                start.map(from -> new ShardDescription.Range(from, end.orElseThrow())),
                json.optionalLong("applied_index").orElse(ShardDescription.UNKNOWN),
                json.optionalLong("term").orElse(ShardDescription.UNKNOWN));
    }

    private static ArchivedFile file(JsonObject json) {
        return new ArchivedFile(new EntryName(json.string("path")), number(json, "bytes"));
    }

    private static long number(JsonObject json, String name) {
        return json.optionalLong(name).orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException(name + ": missing (expected: to be there)");
    }

    /**
     * The files as they are read, of which there may be so many that what JSON makes of each is not kept. What is wrong with one is told
     * later: a later version, of which that says nothing, may list them in another way.
     */
    private static final class ListedFiles implements Consumer<JsonObject> {

        private final List<ArchivedFile> files = new ArrayList<>();
        private Optional<RuntimeException> fault = Optional.empty();

        @Override
        public void accept(JsonObject listed) {
            if (fault.isPresent()) {
                return;
            }
            try {
                files.add(file(listed));
            } catch (JsonFormatException | IllegalArgumentException e) {
                fault = Optional.of(e);
            }
        }

        List<ArchivedFile> files() {
            if (fault.isPresent()) {
                throw fault.get();
            }
            return files;
        }
    }
}
