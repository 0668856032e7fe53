package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The shards of one type that one member has. Immutable.
 *
 * @param shards in ascending order, whatever order they were given in; empty where the member has none
 */
public record ShardRegion(NodeAddress address, List<Integer> shards) {

    /**
     * @throws IllegalArgumentException if a shard is negative or given twice
     */
    public ShardRegion {
        requireNonNull(address, "address");
        shards = shards.stream().sorted().toList();
        int last = -1;
        for (int shard : shards) {
            if (shard <= last) {
                throw new IllegalArgumentException("shard: " + shard + " (expected: >= 0, and each one once)");
            }
            last = shard;
        }
    }

    /**
     * A region.
     *
     * @throws IllegalArgumentException if the address is not one, or a shard is negative or given twice
     */
    public static ShardRegion of(String address, List<Integer> shards) {
        return new ShardRegion(new NodeAddress(address), shards);
    }
}
