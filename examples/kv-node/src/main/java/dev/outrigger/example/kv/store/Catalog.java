package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Which tables there are, and which column families hold them: one record in the default column family. Whoever writes that record
 * has swapped tables; a column family that it does not name is nobody's and goes at the next start.
 *
 * <p>Where there is no record yet there are the routed tables, in the column families that were there before the record was.
 *
 * <pre>
 *   {"version":1,"tables":{"lower":{"first_slot":0,"last_slot":511,"generation":3,"families":["slot-0000-g3",…],"restore":"r-17"},…}}
 * </pre>
 *
 * @param entries ascending by name
 */
record Catalog(List<TableEntry> entries) {

    /** The record's key in the default column family. */
    static final byte[] KEY = "catalog".getBytes(UTF_8);

    private static final int VERSION = 1;

    Catalog {
        entries =
                entries.stream().sorted(Comparator.comparing(TableEntry::name)).toList();
    }

    /**
     * Reads the record.
     *
     * @throws StoreException if it is malformed
     */
    static Catalog read(RocksDB rocks) throws RocksDBException {
        byte[] record = rocks.get(KEY);
        return record == null ? original() : decode(record);
    }

    private static Catalog original() {
        return new Catalog(RoutedTable.ALL.stream().map(TableEntry::original).toList());
    }

    private static Catalog decode(byte[] record) {
        try {
            JsonObject json = JsonReader.object(record);
            long version = number(json, "version");
            if (version != VERSION) {
                throw new StoreException(
                        Reason.UNUSABLE, "the catalog is of version " + version + " (expected: " + VERSION + ")");
            }
            JsonObject tables = object(json, "tables");
            List<TableEntry> entries = new ArrayList<>();
            for (String name : tables.names()) {
                entries.add(decode(new TableName(name), object(tables, name)));
            }
            return new Catalog(entries);
        } catch (JsonFormatException | IllegalArgumentException e) {
            throw new StoreException(Reason.UNUSABLE, "the catalog is malformed: " + e.getMessage(), e);
        }
    }

    private static TableEntry decode(TableName name, JsonObject json) {
        return new TableEntry(
                name,
                new SlotRange((int) number(json, "first_slot"), (int) number(json, "last_slot")),
                number(json, "generation"),
                json.optionalStrings("families").orElse(List.of()),
                json.optionalString("restore").map(RestoreId::new));
    }

    private static long number(JsonObject json, String name) {
        return json.optionalLong(name).orElseThrow(() -> new IllegalArgumentException(name + ": missing"));
    }

    private static JsonObject object(JsonObject json, String name) {
        return json.optionalObject(name).orElseThrow(() -> new IllegalArgumentException(name + ": missing"));
    }

    /**
     * Returns the record.
     *
     * @throws IllegalStateException if there are more tables than could be read again
     */
    byte[] encode() {
        byte[] record = JsonWriter.object(json -> json.field("version", VERSION).object("tables", this::writeTables));
        if (record.length > JsonReader.MAX_BYTES) {
            throw new IllegalStateException(
                    "tables: " + entries.size() + " (expected: fewer, they do not fit the catalog)");
        }
        return record;
    }

    private void writeTables(JsonWriter json) {
        for (TableEntry entry : entries) {
            json.object(
                    entry.name().value(),
                    table -> table.field("first_slot", entry.slots().first())
                            .field("last_slot", entry.slots().last())
                            .field("generation", entry.generation())
                            .texts("families", entry.families())
                            .field(
                                    "restore",
                                    entry.restore().map(RestoreId::value).orElse(null)));
        }
    }

    /** Returns the names of all column families that belong to a table. */
    Set<String> families() {
        return entries.stream().flatMap(entry -> entry.families().stream()).collect(Collectors.toSet());
    }

    /** Returns the highest generation of all tables. */
    long generation() {
        return entries.stream().mapToLong(TableEntry::generation).max().orElse(0);
    }

    /** The same with an entry in the place of the one of that name, or beside the others. */
    Catalog with(TableEntry entry) {
        List<TableEntry> changed = new ArrayList<>(without(entry.name()).entries);
        changed.add(entry);
        return new Catalog(changed);
    }

    /** The same without the entry of a name. */
    Catalog without(TableName name) {
        return new Catalog(
                entries.stream().filter(entry -> !entry.name().equals(name)).toList());
    }

    Optional<TableEntry> find(TableName name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
