package dev.outrigger.shard;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Supplier;

/** The provider of a host that keeps its shard states in a list. */
final class ListedShards implements ShardProvider {

    private final int totalShards;
    private final Supplier<List<ShardState>> openHere;

    ListedShards(int totalShards, Supplier<List<ShardState>> openHere) {
        if (totalShards < 0) {
            throw new IllegalArgumentException("totalShards: " + totalShards + " (expected: >= 0)");
        }
        this.totalShards = totalShards;
        this.openHere = requireNonNull(openHere, "openHere");
    }

    @Override
    public int totalShards() {
        return totalShards;
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        for (ShardState state : openHere.get()) {
            if (!state.show(visitor)) {
                return;
            }
        }
    }
}
