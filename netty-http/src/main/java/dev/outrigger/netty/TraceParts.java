package dev.outrigger.netty;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.ops.ClientRoutes;
import dev.outrigger.ops.Loop;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.ops.RecordingRoute;
import dev.outrigger.ops.ThreadsRoute;
import dev.outrigger.ops.TransitionsRoute;
import dev.outrigger.trace.ClientTable;
import dev.outrigger.trace.EventLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** What a sidecar has for those who ask what happened: logs, figures of its clients, and diagnostics. */
final class TraceParts implements AutoCloseable {

    private final EventLog log = new EventLog();

    /** Of no route until the routes are settled, of which it has some itself. */
    private final AtomicReference<ClientTable> clients = new AtomicReference<>(new ClientTable(List.of()));

    private final boolean keepsClients;
    private final List<Route> routes = new ArrayList<>();

    /**
     * @param keepsClients whether figures of clients are kept, and told
     * @param enabled which diagnostics there are to be
     * @param lane where a recording is begun and ended
     */
    TraceParts(boolean keepsClients, Set<OptionalRoute> enabled, HealthMonitor monitor, Executor lane, Loop loop) {
        this.keepsClients = keepsClients;
        if (keepsClients) {
            routes.addAll(ClientRoutes.of(clients::get));
        }
        if (enabled.contains(OptionalRoute.ADMIN_THREADS)) {
            routes.add(ThreadsRoute.of());
        }
        if (enabled.contains(OptionalRoute.ADMIN_TRANSITIONS)) {
            routes.add(TransitionsRoute.of(monitor));
        }
        if (enabled.contains(OptionalRoute.ADMIN_JFR)) {
            routes.add(RecordingRoute.of(lane, loop));
        }
    }

    /** The routes of clients, and of those diagnostics that are enabled. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    MetricsSource metrics(String prefix) {
        return MetricsSource.of(
                "trace",
                List.of(MetricFamily.counter(
                        prefix + "_access_events_dropped_total",
                        "Events of the access log that were dropped because it was not written fast enough.",
                        log::dropped)));
    }

    /** Begins to write down the requests for the routes of a table. */
    Journal journal(RouteTable table, RequestMetrics requests, LoopClock clock, InstantSource wallClock) {
        ClientTable settled = new ClientTable(Journal.templates(table));
        clients.set(settled);
        return new Journal(log, Optional.of(settled).filter(kept -> keepsClients), requests, clock, wallClock);
    }

    @Override
    public void close() {
        log.close();
    }
}
