package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.StoreException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * A table in service: one generation of it. The next one is another object, with other shards.
 *
 * @param entry what the catalog says of it
 * @param shards ascending by slot; fewer than there will be while the store is being opened, none where the table was dropped
 */
record Table(TableEntry entry, List<Shard> shards) {

    Table {
        requireNonNull(entry, "entry");
        shards = List.copyOf(shards);
    }

    TableName name() {
        return entry.name();
    }

    /**
     * Returns the shard that has the keys of a slot.
     *
     * @throws StoreException if the table was dropped, or never had that slot
     */
    Shard shardOf(HashSlot slot) {
        for (Shard shard : shards) {
            if (shard.range().contains(slot.number())) {
                return shard;
            }
        }
        throw new StoreException(Reason.TABLE_MISSING, "table " + name() + " does not exist");
    }

    /** The same with one more shard. */
    Table with(Shard shard) {
        List<Shard> more = new ArrayList<>(shards);
        more.add(shard);
        return new Table(entry, more);
    }
}
