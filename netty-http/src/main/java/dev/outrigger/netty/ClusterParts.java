package dev.outrigger.netty;

import dev.outrigger.cluster.Connectivity;
import dev.outrigger.cluster.HostCalls;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.AuditEvents;
import dev.outrigger.ops.CallLane;
import dev.outrigger.ops.ClusterMetrics;
import dev.outrigger.ops.ClusterRoutes;
import dev.outrigger.ops.ConnectivityMetrics;
import dev.outrigger.ops.ConnectivityRoute;
import dev.outrigger.ops.Leave;
import dev.outrigger.ops.Loop;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.shard.ShardProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a sidecar has of the cluster: connectivity, and where the node is in one, its routes and its way out. */
final class ClusterParts {

    private final ClusterSettings settings;
    private final Connectivity connectivity;
    private final Optional<Leave> leave;
    private final List<Route> routes = new ArrayList<>();

    /**
     * @param settings as the host has made them
     * @param monitor runs the probes, and is drained by a leave
     * @param drainDelay from there to the host's own leave
     * @param lane where the providers are asked
     */
    ClusterParts(ClusterSettings settings, HealthMonitor monitor, Duration drainDelay, CallLane lane, Loop loop) {
        this.settings = settings;
        this.connectivity = Connectivity.of(settings.probes(), settings::peerSockets, monitor);
        this.leave = settings.joined()
                .map(joined -> new Leave(joined.provider(), monitor::drain, drainDelay, loop, AuditEvents.toLog()));
        Set<OptionalRoute> enabled = settings.enabled();
        routes.add(ConnectivityRoute.of(connectivity::clients));
        settings.joined().ifPresent(joined -> {
            joined.watch().tell(connectivity);
            ShardProvider shards = monitor.shardProvider().orElseGet(() -> ShardProvider.of(0, List::of));
            HostCalls shardCalls = new HostCalls(settings.nanoTime());
            routes.addAll(new ClusterRoutes(joined.provider(), joined.calls(), shards, shardCalls, lane, loop)
                    .routes(leave.orElseThrow(), enabled));
        });
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    List<MetricsSource> metrics(String prefix) {
        List<MetricsSource> sources = new ArrayList<>();
        settings.joined().ifPresent(joined -> sources.add(ClusterMetrics.of(prefix, joined.watch())));
        if (settings.joined().isPresent() || !settings.probes().isEmpty()) {
            sources.add(ConnectivityMetrics.of(prefix, connectivity::clients));
        }
        return sources;
    }

    boolean isInCluster() {
        return leave.isPresent();
    }

    /** Tells whether the node could not leave its cluster. */
    boolean leaveHasFailed() {
        return leave.isPresent() && leave.get().hasFailed();
    }

    /** Calls a leave off that has not reached the host yet, and waits for one that has. */
    void close(Duration patience) {
        leave.ifPresent(known -> known.close(patience));
    }
}
