package dev.outrigger.backup.create;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupFile;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.manifest.ManifestShard;
import dev.outrigger.backup.manifest.Sha256;
import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a member answers to an order, once it is done.
 *
 * @param table what the host keeps about the table
 * @param shards that were written, ascending by id
 * @param notLed the ids of those that the member does not lead: they are to be asked for elsewhere
 */
public record ShardReport(TableDescription table, List<WrittenShard> shards, List<Integer> notLed) {

    public ShardReport {
        requireNonNull(table, "table");
        shards = List.copyOf(shards);
        notLed = List.copyOf(notLed);
    }

    /** Writes the fields of the report. */
    public void writeTo(JsonWriter json) {
        json.object(
                        "table",
                        fields -> fields.field("description", table.description())
                                .field("schema", table.schema())
                                .field("read_schema", table.readSchema())
                                .field("indexes", table.indexes()))
                .array("shards", list -> shards.forEach(shard -> list.element(fields -> write(fields, shard))))
                .numbers("not_led", notLed);
    }

    private static void write(JsonWriter json, WrittenShard shard) {
        ManifestShard entry = shard.entry();
        Optional<ShardDescription.Range> range = shard.description().range();
        json.field("id", entry.id())
                .field("bytes", entry.file().bytes())
                .field("sha256", entry.file().sha256().hex())
                .field("raw_bytes", entry.rawBytes())
                .field("entries", entry.entries())
                .field("content_sha256", entry.content().hex())
                .field("node", entry.node())
                .field("version", shard.stored().version())
                .field("range_start", range.map(ShardDescription.Range::start).orElse(null))
                .field("range_end", range.map(ShardDescription.Range::end).orElse(null))
                .field("applied_index", shard.description().appliedIndex())
                .field("term", shard.description().term());
    }

    /**
     * Reads the report on an order. Names of files are not taken from it: they follow from the order.
     *
     * @throws IllegalArgumentException if it is malformed, or tells of shards that were not asked for, or of one twice or never
     */
    public static ShardReport of(JsonObject json, ShardOrder order) {
        try {
            JsonObject table = json.object("table");
            List<WrittenShard> shards = new ArrayList<>();
            for (JsonObject shard : json.objects("shards")) {
                shards.add(shard(shard, order));
            }
            List<Integer> notLed =
                    json.wholeNumbers("not_led").stream().map(Math::toIntExact).toList();
            requireEachOnce(shards, notLed, order);
            return new ShardReport(
                    new TableDescription(
                            table.string("description"),
                            table.string("schema"),
                            table.string("read_schema"),
                            table.string("indexes")),
                    shards,
                    notLed);
        } catch (JsonFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("report: " + e.getMessage(), e);
        }
    }

    private static WrittenShard shard(JsonObject json, ShardOrder order) {
        int id = Math.toIntExact(json.wholeNumber("id"));
        ObjectName name = new BackupNames(order.backup()).shard(order.table(), id);
        long bytes = json.wholeNumber("bytes");
        Optional<ShardDescription.Range> range = json.has("range_start")
                ? Optional.of(new ShardDescription.Range(json.string("range_start"), json.string("range_end")))
                : Optional.empty();
        return new WrittenShard(
                new ManifestShard(
                        id,
                        new BackupFile(name, bytes, new Sha256(json.string("sha256"))),
                        json.wholeNumber("raw_bytes"),
                        json.wholeNumber("entries"),
                        new Sha256(json.string("content_sha256")),
                        json.string("node")),
                new ShardDescription(id, range, json.wholeNumber("applied_index"), json.wholeNumber("term")),
                new StoredObject(name, bytes, json.string("version")));
    }

    private static void requireEachOnce(List<WrittenShard> shards, List<Integer> notLed, ShardOrder order) {
        List<Integer> told = new ArrayList<>(notLed);
        shards.forEach(shard -> told.add(shard.entry().id()));
        if (!told.stream()
                .sorted()
                .toList()
                .equals(order.shards().stream().sorted().toList())) {
            throw new IllegalArgumentException("shards: others than were asked for (expected: each of them once)");
        }
    }
}
