package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables as they are at one moment. Immutable: whoever reads several keys asks one set for all of them, and so sees a table before
 * it was swapped or after, and never some of both.
 */
final class TableSet {

    /** No table at all. */
    static final TableSet NONE = new TableSet(Map.of());

    private final Map<TableName, Table> tables; // by name
    private final List<Shard> routed;

    private TableSet(Map<TableName, Table> tables) {
        this.tables = new TreeMap<>(tables);
        this.routed = RoutedTable.ALL.stream()
                .flatMap(routed -> find(routed.name()).stream())
                .flatMap(table -> table.shards().stream())
                .toList();
    }

    /** Returns all tables, by name, dropped ones too. */
    Collection<Table> all() {
        return tables.values();
    }

    /** Returns a table, which may be one that was dropped. */
    Optional<Table> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * Returns a table that exists.
     *
     * @throws StoreException if it does not
     */
    Table require(TableName name) {
        return find(name)
                .filter(table -> table.entry().exists())
                .orElseThrow(() -> new StoreException(Reason.TABLE_MISSING, "table " + name + " does not exist"));
    }

    /** Tells whether there is a table of that name that was not dropped. */
    boolean exists(TableName name) {
        return find(name).filter(table -> table.entry().exists()).isPresent();
    }

    /**
     * Returns the shard that a slot's keys are routed to.
     *
     * @throws StoreException if the table was dropped, or the shard is unavailable
     */
    Shard serving(HashSlot slot) {
        Shard shard = require(RoutedTable.of(slot.number()).name()).shardOf(slot);
        shard.requireAvailable();
        return shard;
    }

    /** Returns the shards of all tables that keys are routed to, ascending by slot. */
    List<Shard> routedShards() {
        return routed;
    }

    /** The same with other tables in the place of those of their names, or beside them. */
    TableSet with(Collection<Table> others) {
        Map<TableName, Table> changed = new TreeMap<>(tables);
        others.forEach(table -> changed.put(table.name(), table));
        return new TableSet(changed);
    }

    /** The same without a table. */
    TableSet without(TableName name) {
        Map<TableName, Table> changed = new TreeMap<>(tables);
        changed.remove(name);
        return new TableSet(changed);
    }

    /** Returns what the catalog is to say. */
    Catalog catalog() {
        return new Catalog(tables.values().stream().map(Table::entry).toList());
    }
}
