package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.ClusterWatch;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.util.List;

/** Shows the members of the cluster as metrics, as of the last look at them. Safe for any thread. */
public final class ClusterMetrics implements MetricsSource {

    private final String prefix;
    private final ClusterWatch watch;

    private ClusterMetrics(String prefix, ClusterWatch watch) {
        this.prefix = requireNonNull(prefix, "prefix");
        this.watch = requireNonNull(watch, "watch");
    }

    /**
     * Returns a source.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     */
    public static MetricsSource of(String prefix, ClusterWatch watch) {
        return new ClusterMetrics(prefix, watch);
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public List<MetricFamily> collect() {
        List<MemberStatus> statuses = watch.latest().isPresent() ? List.of(MemberStatus.values()) : List.of();
        return List.of(
                MetricFamily.ofEach(
                        MetricType.GAUGE,
                        prefix + "_cluster_members",
                        "Members of the cluster, by status.",
                        () -> statuses,
                        status -> Labels.of("status", status.word()),
                        status -> watch.latest()
                                .map(state -> count(state, status))
                                .orElse(0L)),
                MetricFamily.counter(
                        prefix + "_cluster_member_changes_total",
                        "Members that came, went or changed their status.",
                        watch::changes));
    }

    private static long count(ClusterState state, MemberStatus status) {
        return state.members().stream()
                .filter(member -> member.status() == status)
                .count();
    }
}
