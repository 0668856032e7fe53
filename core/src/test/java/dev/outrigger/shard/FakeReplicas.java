package dev.outrigger.shard;

import java.util.ArrayList;
import java.util.List;

/** A provider that shows the replicas that a test made up. */
public class FakeReplicas implements ShardProvider {

    private final List<Shard> shards = new ArrayList<>();

    private record Replica(ReplicaPlace place, ReplicaRole role, ReplicaState state) {}

    /** One shard, to be given replicas. */
    public static final class Shard {

        private final int id;
        private final int minInSync;
        private final List<Replica> replicas = new ArrayList<>();

        private Shard(int id, int minInSync) {
            this.id = id;
            this.minInSync = minInSync;
        }

        public Shard with(ReplicaPlace place, ReplicaRole role, ReplicaState... states) {
            for (ReplicaState state : states) {
                replicas.add(new Replica(place, role, state));
            }
            return this;
        }
    }

    public Shard shard(int id) {
        return shard(id, 0);
    }

    public Shard shard(int id, int minInSync) {
        Shard shard = new Shard(id, minInSync);
        shards.add(shard);
        return shard;
    }

    @Override
    public int totalShards() {
        return shards.size();
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        shards.forEach(
                shard -> ShardState.unreplicated(shard.id, ShardStatus.HEALTHY).show(visitor));
    }

    @Override
    public void visitReplicas(ReplicaVisitor visitor) {
        for (Shard shard : shards) {
            if (!visitor.shard(shard.id, shard.minInSync)) {
                return;
            }
            shard.replicas.forEach(replica -> visitor.replica(replica.place, replica.role, replica.state));
        }
    }
}
