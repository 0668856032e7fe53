package dev.outrigger.example.bench;

import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;

/** Many shards, whose indices are others at each visit. */
final class MovingShards implements ShardProvider {

    static final int COUNT = 65_536;

    private long round;

    @Override
    public int totalShards() {
        return COUNT;
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        round++;
        for (int id = 0; id < COUNT; id++) {
            long index = id * 7919L + round * 104_729;
            ShardStatus status = id % 1000 == 0 ? ShardStatus.DEGRADED : ShardStatus.HEALTHY;
            Leadership leadership = id % 3 == 0 ? Leadership.LOCAL : Leadership.REMOTE;
            if (!visitor.shard(id, status, leadership, 5 + id % 3, index, index - id % 2)) {
                return;
            }
        }
    }
}
