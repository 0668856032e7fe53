package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What the catalog says of one table.
 *
 * @param name its name
 * @param slots those of its shards together
 * @param generation rises each time that the table's content is replaced as a whole; 0 for what was never
 * @param families the column families of its shards, ascending by slot; none where a routed table was dropped
 * @param restore by which the table was last put in place, so that doing it again does nothing
 */
record TableEntry(
        TableName name, SlotRange slots, long generation, List<String> families, Optional<RestoreId> restore) {

    /**
     * @throws IllegalArgumentException if there are families, and not one for each shard
     */
    TableEntry {
        requireNonNull(name, "name");
        requireNonNull(slots, "slots");
        requireNonNull(restore, "restore");
        families = List.copyOf(families);
        int shards = slots.shards().size();
        if (!families.isEmpty() && families.size() != shards) {
            throw new IllegalArgumentException(
                    "families of " + name + ": " + families.size() + " (expected: 0 or " + shards + ")");
        }
    }

    /** A routed table as it is before anything was ever replaced, and was before there was a catalog. */
    static TableEntry original(RoutedTable table) {
        return of(table.name(), table.slots(), 0, Optional.empty());
    }

    /** A table in column families of the generation's own. */
    static TableEntry of(TableName name, SlotRange slots, long generation, Optional<RestoreId> restore) {
        List<String> families = slots.shards().stream()
                .map(range -> range.columnFamily(generation))
                .toList();
        return new TableEntry(name, slots, generation, families, restore);
    }

    /** The same table, empty of everything and not existing. */
    TableEntry dropped() {
        return new TableEntry(name, slots, generation, List.of(), restore);
    }

    /** Tells whether the table exists. An empty one does. */
    boolean exists() {
        return !families.isEmpty();
    }
}
