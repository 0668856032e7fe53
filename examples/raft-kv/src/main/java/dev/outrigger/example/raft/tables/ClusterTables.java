package dev.outrigger.example.raft.tables;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.kv.store.TableSpace;
import dev.outrigger.example.kv.store.TableView;
import dev.outrigger.example.raft.engine.ClusterKeys;
import java.util.List;
import java.util.Optional;

/** The tables of the cluster, by name. No table is ever dropped. Safe for use by many threads. */
public final class ClusterTables implements TableSpace {

    private final ClusterKeys keys;

    public ClusterTables(ClusterKeys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    @Override
    public List<TableView> list() {
        return ClusterTable.all(keys).stream()
                .map(table -> new TableView(table.name().value(), table.slots(), TableView.State.SERVED))
                .toList();
    }

    @Override
    public Optional<byte[]> get(TableName name, byte[] key) {
        boolean here = require(name).slots().contains(HashSlot.of(key).number());
        return here ? keys.get(key) : Optional.empty();
    }

    /** {@inheritDoc} Each shard tells of a moment of its own. */
    @Override
    public long count(TableName name) {
        return require(name).shards().stream().mapToLong(keys::countKeys).sum();
    }

    @Override
    public boolean drop(TableName name) {
        require(name);
        throw new StoreException(Reason.REFUSED, "tables of a cluster are not dropped (FLUSHALL empties them)");
    }

    /** {@inheritDoc} One shard after another, each in one step. */
    @Override
    public void clear() {
        keys.clear();
    }

    private ClusterTable require(TableName name) {
        return ClusterTable.find(keys, name)
                .orElseThrow(() -> new StoreException(Reason.TABLE_MISSING, "table " + name + " does not exist"));
    }
}
