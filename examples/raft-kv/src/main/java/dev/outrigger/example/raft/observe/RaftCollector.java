package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionRole;
import dev.outrigger.example.raft.engine.DivisionState;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.ReplicaView;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows the groups as {@code raft_*}, read when somebody asks. Safe for use by many threads. */
final class RaftCollector extends Collector implements Collector.Describable {

    private static final List<String> GROUP = List.of("group");
    private static final List<String> FOLLOWER = List.of("group", "follower");

    private final Supplier<List<DivisionView>> source;
    private final LeaderWatch leaders;
    private final String self;

    RaftCollector(Supplier<List<DivisionView>> source, LeaderWatch leaders, String self) {
        this.source = requireNonNull(source, "source");
        this.leaders = requireNonNull(leaders, "leaders");
        this.self = requireNonNull(self, "self");
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return families(source.get());
    }

    @Override
    public List<MetricFamilySamples> describe() {
        return families(List.of());
    }

    private List<MetricFamilySamples> families(List<DivisionView> divisions) {
        List<MetricFamilySamples> families = new ArrayList<>();
        families.add(gauge("raft_term", "Number of the last election.", divisions, DivisionView::term));
        families.add(gauge(
                "raft_commit_index",
                "Index up to which the group has agreed, as far as is known here.",
                divisions,
                DivisionView::commitIndex));
        families.add(gauge(
                "raft_applied_index",
                "Index up to which this replica has done what was agreed.",
                divisions,
                DivisionView::appliedIndex));
        families.add(gauge(
                "raft_has_leader",
                "1 while a leader is known here.",
                divisions,
                view -> view.leader().isPresent() ? 1 : 0));
        families.add(gauge(
                "raft_leads",
                "1 while this node leads the group.",
                divisions,
                view -> view.role() == DivisionRole.LEADER ? 1 : 0));
        families.add(gauge(
                "raft_replica_serving",
                "1 while this replica can be used.",
                divisions,
                view -> view.state() == DivisionState.SERVING ? 1 : 0));
        addLeaderChanges(families, divisions);
        addFollowers(families, divisions);
        return families;
    }

    private void addLeaderChanges(List<MetricFamilySamples> families, List<DivisionView> divisions) {
        CounterMetricFamily changes = new CounterMetricFamily(
                "raft_leader_changes",
                "How often another member came to lead the group since this node started.",
                GROUP);
        divisions.forEach(
                view -> changes.addMetric(List.of(view.group().toString()), (double) leaders.changes(view.group())));
        families.add(changes);
    }

    /** Only a leader knows its followers. */
    private void addFollowers(List<MetricFamilySamples> families, List<DivisionView> divisions) {
        GaugeMetricFamily lag = new GaugeMetricFamily(
                "raft_follower_lag_entries", "Committed entries that a follower is not known to have.", FOLLOWER);
        GaugeMetricFamily reachable =
                new GaugeMetricFamily("raft_follower_reachable", "1 while a follower answers.", FOLLOWER);
        for (DivisionView view : divisions) {
            for (ReplicaView replica : view.replicas()) {
                if (view.role() == DivisionRole.LEADER && !replica.node().equals(self)) {
                    List<String> labels = List.of(view.group().toString(), replica.node());
                    long match = replica.matchIndex().orElse(-1);
                    lag.addMetric(labels, (double) Math.max(0, view.commitIndex() - match));
                    reachable.addMetric(labels, replica.reachable() ? 1 : 0);
                }
            }
        }
        families.add(lag);
        families.add(reachable);
    }

    private static MetricFamilySamples gauge(
            String name, String help, List<DivisionView> divisions, ToDoubleFunction<DivisionView> value) {
        GaugeMetricFamily family = new GaugeMetricFamily(name, help, GROUP);
        divisions.forEach(view -> family.addMetric(List.of(view.group().toString()), value.applyAsDouble(view)));
        return family;
    }
}
