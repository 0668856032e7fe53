package dev.outrigger.netty;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.openapi.CallerRules;
import dev.outrigger.ops.HealthMetrics;
import dev.outrigger.ops.HealthRoutes;
import dev.outrigger.ops.MetricsRoute;
import dev.outrigger.ops.OpenApiRoute;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.ops.RegistryRoute;
import dev.outrigger.ops.RootRoute;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The routes that every sidecar has, joined with those of its host. */
final class BuiltInRoutes {

    private final HealthRoutes health;
    private final RouteTable table;

    private BuiltInRoutes(HealthRoutes health, RouteTable table) {
        this.health = health;
        this.table = table;
    }

    /**
     * What the routes are made of.
     *
     * @param names what things are called
     * @param callers who may call what
     * @param optional the routes that could be switched on
     * @param sources the host's metrics; without any there is no {@code /metrics}
     * @param ownSources further metrics of the sidecar's own
     * @param own further routes of the sidecar's own
     * @param hosts the host's own routes
     */
    record Contents(
            Names names,
            CallerRules callers,
            Set<OptionalRoute> optional,
            List<MetricsSource> sources,
            List<MetricsSource> ownSources,
            List<Route> own,
            List<Route> hosts) {}

    /**
     * What things are called.
     *
     * @param nodeId names the node
     * @param version of the host's product
     * @param pathPrefix stands before every path
     * @param metricsPrefix stands before the names of the sidecar's own metrics
     */
    record Names(String nodeId, String version, String pathPrefix, String metricsPrefix) {}

    /**
     * Makes the routes.
     *
     * @throws IllegalArgumentException if two of them claim one path
     */
    static BuiltInRoutes of(
            Contents contents, HealthMonitor monitor, Lanes lanes, EventLoop loop, RequestMetrics requests) {
        AtomicReference<RouteTable> itself = new AtomicReference<>();
        HealthRoutes health = HealthRoutes.of(contents.names.nodeId, monitor, lanes.of(Lane.OPS), new NettyLoop(loop));
        List<Route> routes = new ArrayList<>();
        routes.add(RootRoute.of(contents.names.nodeId, contents.names.version, itself::get));
        routes.addAll(health.routes());
        if (!contents.sources.isEmpty()) {
            routes.add(metrics(contents, monitor, lanes, loop, requests));
        }
        routes.addAll(contents.own);
        routes.add(RegistryRoute.of(itself::get, contents.optional, requests));
        routes.add(OpenApiRoute.of(contents.names.version, itself::get, contents.callers));
        routes.addAll(contents.hosts);
        RouteTable table = RouteTable.of(contents.names.pathPrefix, routes);
        itself.set(table);
        return new BuiltInRoutes(health, table);
    }

    private static Route metrics(
            Contents contents, HealthMonitor monitor, Lanes lanes, EventLoop loop, RequestMetrics requests) {
        List<MetricsSource> sources = new ArrayList<>();
        sources.add(requests);
        sources.add(HealthMetrics.of(contents.names.metricsPrefix, monitor::report));
        sources.addAll(contents.ownSources);
        sources.addAll(contents.sources);
        return MetricsRoute.of(MetricsCollector.of(contents.names.metricsPrefix, sources), lanes.of(Lane.SCRAPE), loop);
    }

    RouteTable table() {
        return table;
    }

    /** Watches, from the event loop, that the monitor is alive. To be called twice a second. */
    void tick() {
        health.tick();
    }
}
