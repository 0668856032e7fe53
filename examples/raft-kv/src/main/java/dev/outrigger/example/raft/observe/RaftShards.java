package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionRole;
import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.ReplicaView;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ReplicaPlace;
import dev.outrigger.shard.ReplicaRole;
import dev.outrigger.shard.ReplicaState;
import dev.outrigger.shard.ReplicaVisitor;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows the sidecar this node's replicas of the shards.
 *
 * <p>A shard is unavailable here when this replica cannot be used, or when no leader has been heard of for longer than an election takes, as
 * in a minority; until then a shard without a leader is degraded, and so is one whose leader, if that is this node, misses a replica.
 */
final class RaftShards implements ShardProvider {

    private final Supplier<List<DivisionView>> divisions;
    private final int total;
    private final String self;
    private final ReplicaReports reports;
    private final LeaderWatch leaders;
    private final Consumer<Runnable> onChange;

    /**
     * @param divisions returns this node's replicas, at once
     * @param total how many shards there are
     * @param self this node's id
     * @param onChange takes what is to run when a replica may have changed
     */
    RaftShards(
            Supplier<List<DivisionView>> divisions,
            int total,
            String self,
            ReplicaReports reports,
            LeaderWatch leaders,
            Consumer<Runnable> onChange) {
        this.divisions = requireNonNull(divisions, "divisions");
        this.total = total;
        this.self = requireNonNull(self, "self");
        this.reports = requireNonNull(reports, "reports");
        this.leaders = requireNonNull(leaders, "leaders");
        this.onChange = requireNonNull(onChange, "onChange");
    }

    @Override
    public int totalShards() {
        return total;
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        for (DivisionView view : divisions.get()) {
            boolean goOn = view.group().shard().isEmpty()
                    || visitor.shard(
                            view.group().shard().getAsInt(),
                            status(view),
                            leadership(view),
                            view.term(),
                            view.commitIndex(),
                            view.appliedIndex());
            if (!goOn) {
                return;
            }
        }
    }

    private ShardStatus status(DivisionView view) {
        boolean usable = view.state() == DivisionState.SERVING;
        if (!usable || leaders.isAbandoned(view.group())) {
            return ShardStatus.UNAVAILABLE;
        }
        boolean missesOne = view.role() == DivisionRole.LEADER
                && view.replicas().stream().anyMatch(replica -> !replica.reachable());
        return view.leader().isEmpty() || missesOne ? ShardStatus.DEGRADED : ShardStatus.HEALTHY;
    }

    private static Leadership leadership(DivisionView view) {
        if (view.role() == DivisionRole.LEADER) {
            return Leadership.LOCAL;
        }
        return view.leader().isPresent() ? Leadership.REMOTE : Leadership.NONE;
    }

    @Override
    public void visitReplicas(ReplicaVisitor visitor) {
        for (DivisionView view : divisions.get()) {
            if (view.group().shard().isEmpty() || view.replicas().isEmpty()) {
                continue;
            }
            boolean goOn = visitor.shard(view.group().shard().getAsInt(), 0);
            showReplicas(view, visitor);
            if (!goOn) {
                return;
            }
        }
    }

    private void showReplicas(DivisionView view, ReplicaVisitor visitor) {
        Optional<GroupReport> report = reports.report(view);
        for (ReplicaView replica : view.replicas()) {
            boolean here = replica.node().equals(self);
            visitor.replica(
                    here ? ReplicaPlace.HERE : ReplicaPlace.ELSEWHERE,
                    replica.voter() ? ReplicaRole.VOTER : ReplicaRole.COPY,
                    here ? GroupReport.own(view, reports.settledIndex(view)) : elsewhere(replica, report));
        }
    }

    private static ReplicaState elsewhere(ReplicaView replica, Optional<GroupReport> report) {
        return replica.reachable()
                ? report.map(known -> known.of(replica.node())).orElse(ReplicaState.OFFLINE)
                : ReplicaState.OFFLINE;
    }

    @Override
    public void onChange(Runnable shardsChanged) {
        onChange.accept(shardsChanged);
    }
}
