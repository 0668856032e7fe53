package dev.outrigger.example.raft.tables;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.SlotRange;
import dev.outrigger.example.raft.engine.ClusterKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table of the cluster: {@code lower} has the keys of the lower half of the slots, {@code upper} those of the upper, as in kv-node.
 *
 * @param name of the table
 * @param slots whose keys it has
 * @param shards that keep them, ascending
 */
public record ClusterTable(TableName name, SlotRange slots, List<Integer> shards) {

    private static final List<String> NAMES = List.of("lower", "upper");

    public ClusterTable {
        requireNonNull(name, "name");
        requireNonNull(slots, "slots");
        shards = List.copyOf(shards);
    }

    /**
     * Returns all tables, ascending by slot: each has half of the shards.
     *
     * @throws IllegalArgumentException if the number of shards is odd
     */
    public static List<ClusterTable> all(ClusterKeys keys) {
        int each = keys.shards() / NAMES.size();
        if (each * NAMES.size() != keys.shards()) {
            throw new IllegalArgumentException("shards: " + keys.shards() + " (expected: an even number)");
        }
        List<ClusterTable> tables = new ArrayList<>();
        for (String name : NAMES) {
            int first = tables.size() * each;
            List<Integer> shards = IntStream.range(first, first + each).boxed().toList();
            SlotRange slots = new SlotRange(
                    keys.slotsOf(first).first(), keys.slotsOf(first + each - 1).last());
            tables.add(new ClusterTable(new TableName(name), slots, shards));
        }
        return List.copyOf(tables);
    }

    /** Returns the table of that name, if there is one. */
    public static Optional<ClusterTable> find(ClusterKeys keys, TableName name) {
        return all(keys).stream().filter(table -> table.name.equals(name)).findFirst();
    }
}
