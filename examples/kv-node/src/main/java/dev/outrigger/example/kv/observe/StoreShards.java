package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.ShardHealth;
import dev.outrigger.example.kv.store.ShardView;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;

/**
 * Shows the sidecar the shards of a store: 1,024 slots in the system, of which those are open here that have a column family.
 *
 * <p>A node that stands alone leads them all, knows no term, and has applied whatever it has committed.
 */
final class StoreShards implements ShardProvider {

    private final Store store;

    StoreShards(Store store) {
        this.store = store;
    }

    @Override
    public int totalShards() {
        return HashSlot.COUNT;
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        for (ShardView shard : store.shards()) {
            long index = shard.commitIndex();
            boolean goOn = visitor.shard(
                    shard.id(), status(shard.health()), Leadership.LOCAL, ShardVisitor.UNKNOWN, index, index);
            if (!goOn) {
                return;
            }
        }
    }

    @Override
    public void onChange(Runnable shardsChanged) {
        store.onShardsChanged(shardsChanged);
    }

    private static ShardStatus status(ShardHealth health) {
        return switch (health) {
            case HEALTHY -> ShardStatus.HEALTHY;
            case DEGRADED -> ShardStatus.DEGRADED;
            case UNAVAILABLE -> ShardStatus.UNAVAILABLE;
        };
    }
}
