package dev.outrigger.example.raft.engine;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * Names a group of replicas that agree: the one that keeps the cluster's metadata, or the one of a shard. Ordered: metadata first, then
 * shards by id.
 *
 * @param shard the id of the shard; empty for metadata
 */
public record GroupName(OptionalInt shard) implements Comparable<GroupName> {

    /** The group that keeps who is a member, and what else all nodes must agree on. */
    public static final GroupName METADATA = new GroupName(OptionalInt.empty());

    private static final Comparator<GroupName> ORDER = Comparator.comparingInt(name -> name.shard.orElse(-1));

    /**
     * @throws IllegalArgumentException if the id is negative
     */
    public GroupName {
        if (shard.orElse(0) < 0) {
            throw new IllegalArgumentException("shard: " + shard.getAsInt() + " (expected: >= 0)");
        }
    }

    /** Returns the name of a shard's group. */
    public static GroupName ofShard(int id) {
        return new GroupName(OptionalInt.of(id));
    }

    @Override
    public int compareTo(GroupName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return shard.isPresent() ? "shard-" + shard.getAsInt() : "metadata";
    }
}
