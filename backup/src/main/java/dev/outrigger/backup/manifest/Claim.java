package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says that a backup is being written, by whom, and which files may be there meanwhile. There from before the first of them until after
 * the manifest. No clock decides whether it still stands: its own node does after a restart, or an operator.
 *
 * @param token of the writer, by which it knows its own
 * @param nodeId of the node that writes
 * @param bootId of the process that writes
 * @param jobId of the job that writes
 * @param createdAt when it was made
 * @param tables those of which files may be there
 */
public record Claim(
        String token, String nodeId, String bootId, String jobId, Instant createdAt, List<ClaimedTable> tables) {

    /** The largest claim that is read. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    public Claim {
        requireNonNull(token, "token");
        requireNonNull(nodeId, "nodeId");
        requireNonNull(bootId, "bootId");
        requireNonNull(jobId, "jobId");
        requireNonNull(createdAt, "createdAt");
        tables = List.copyOf(tables);
    }

    /**
     * A table that is being written.
     *
     * @param name of the table
     * @param shards the ids of its shards
     */
    public record ClaimedTable(TableName name, List<Integer> shards) {

        public ClaimedTable {
            requireNonNull(name, "name");
            shards = List.copyOf(shards);
        }
    }

    /** The same with one more table, or with other shards of it. */
    public Claim with(ClaimedTable table) {
        List<ClaimedTable> others = new ArrayList<>(tables);
        others.removeIf(other -> other.name().equals(table.name()));
        others.add(table);
        return new Claim(token, nodeId, bootId, jobId, createdAt, others);
    }

    /** The same in the hands of another process of its node. */
    public Claim inProcess(String otherBootId) {
        return new Claim(token, nodeId, otherBootId, jobId, createdAt, tables);
    }

    /** Every file that may be there, but for the claim itself and the manifest. */
    public Stream<ObjectName> files(BackupNames names) {
        return tables.stream().flatMap(table -> files(names, table));
    }

    /** Every file of one table that may be there. */
    public static Stream<ObjectName> files(BackupNames names, ClaimedTable table) {
        return Stream.concat(
                Stream.of(names.metadata(table.name())),
                table.shards().stream().map(shard -> names.shard(table.name(), shard)));
    }

    /** Writes the document. */
    public byte[] encode() {
        return JsonWriter.object(json -> json.field("token", token)
                .field("node_id", nodeId)
                .field("boot_id", bootId)
                .field("job_id", jobId)
                .field("created_at", createdAt)
                .array(
                        "tables",
                        list -> tables.forEach(table -> list.element(fields ->
                                fields.field("name", table.name().value()).numbers("shards", table.shards())))));
    }

    /**
     * Reads a document.
     *
     * @throws BadManifestException if it is malformed
     */
    public static Claim decode(byte[] document) throws BadManifestException {
        try {
            JsonObject json = JsonReader.object(document, MAX_BYTES);
            List<ClaimedTable> tables = new ArrayList<>();
            for (JsonObject table : json.objects("tables")) {
                tables.add(new ClaimedTable(
                        new TableName(table.string("name")),
                        table.wholeNumbers("shards").stream()
                                .map(Math::toIntExact)
                                .toList()));
            }
            return new Claim(
                    json.string("token"),
                    json.string("node_id"),
                    json.string("boot_id"),
                    json.string("job_id"),
                    Instant.parse(json.string("created_at")),
                    tables);
        } catch (JsonFormatException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new BadManifestException("the claim is malformed: " + e.getMessage());
        }
    }
}
