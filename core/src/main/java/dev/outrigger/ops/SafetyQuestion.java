package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.shard.RestartSafety;
import dev.outrigger.shard.ShardProvider;
import java.util.concurrent.CompletionStage;

/** Asks both providers what would become of the cluster if this node went down now. */
final class SafetyQuestion {

    private final ClusterProvider cluster;
    private final ProviderCalls clusterCalls;
    private final ShardProvider shards;
    private final ProviderCalls shardCalls;

    SafetyQuestion(
            ClusterProvider cluster, ProviderCalls clusterCalls, ShardProvider shards, ProviderCalls shardCalls) {
        this.cluster = cluster;
        this.clusterCalls = clusterCalls;
        this.shards = shards;
        this.shardCalls = shardCalls;
    }

    /** What was found. */
    record Finding(ClusterState state, RestartSafety safety) {

        /** Tells whether a leave may begin: also one that another member has begun already. */
        boolean allowsLeaving() {
            return state.selfStatus().isLeavingOrLeft() || safety.allowsLeaving();
        }
    }

    CompletionStage<Finding> ask() {
        return clusterCalls
                .ask(() -> requireNonNull(cluster.state(), "state"))
                .thenCompose(state -> shardCalls
                        .ask(() -> RestartSafety.of(shards))
                        .thenApply(
                                safety -> new Finding(state, state.isOnlyMember() ? safety.onOnlyMember() : safety)));
    }
}
