package dev.outrigger.shard;

/**
 * Tells whether a node is ready as far as its shards go. Called on a sidecar thread after each refresh of the shard
 * states; a rule that throws makes that refresh a failed one.
 */
@FunctionalInterface
public interface ShardRule {

    /** Tells whether a node with these shards may be ready. */
    boolean holds(ShardCounts counts);

    /** The default: where there are shards, at least one of them is not unavailable. */
    static ShardRule anyAvailable() {
        return counts -> counts.active() == 0 || counts.unavailable() < counts.active();
    }

    /** No shard is unavailable. */
    static ShardRule allAvailable() {
        return counts -> counts.unavailable() == 0;
    }

    /** Shards never decide. */
    static ShardRule none() {
        return counts -> true;
    }
}
