package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import java.util.List;

/**
 * A table that clients' keys go to: {@code lower} has the keys of the lower half of the slots, {@code upper} those of the upper.
 *
 * <p>RESP has no word for a table, and a key says nothing of one. What every key has is its slot, so the slots are what is divided:
 * each key has exactly one table, no client has to know of it, and keys that share a hash tag stay together. The names say that and
 * no more; by names such as {@code users} one would look for keys in a table that hashing did not put there.
 *
 * @param name of the table that the keys of these slots are in
 * @param slots the slots, which are those of whole shards
 */
record RoutedTable(TableName name, SlotRange slots) {

    /** All of them, ascending by slot. Together they have every slot. */
    static final List<RoutedTable> ALL = List.of(
            new RoutedTable(new TableName("lower"), new SlotRange(0, HashSlot.COUNT / 2 - 1)),
            new RoutedTable(new TableName("upper"), new SlotRange(HashSlot.COUNT / 2, HashSlot.COUNT - 1)));

    RoutedTable {
        requireNonNull(name, "name");
        requireNonNull(slots, "slots");
    }

    /** Returns the table that keys of a slot go to. */
    static RoutedTable of(int slot) {
        return ALL.stream()
                .filter(table -> table.slots.contains(slot))
                .findFirst()
                .orElseThrow();
    }

    /** Tells whether keys are routed to a table of that name. */
    static boolean isRouted(TableName name) {
        return ALL.stream().anyMatch(table -> table.name.equals(name));
    }
}
