package dev.outrigger.health;

import dev.outrigger.shard.ShardStatus;

/** The one shard that stands for the node in a balancer's check. Immutable. */
public record QuickShard(int id, ShardStatus status) {

    QuickShard unavailable() {
        return new QuickShard(id, ShardStatus.UNAVAILABLE);
    }
}
