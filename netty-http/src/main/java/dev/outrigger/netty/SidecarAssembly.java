package dev.outrigger.netty;

import dev.outrigger.file.FileWatch;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.metrics.StorageMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a running sidecar of its settings: which parts there are, and in which order they begin. */
final class SidecarAssembly {

    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final Duration FILE_INTERVAL = Duration.ofSeconds(5);

    private final SidecarSettings settings;

    SidecarAssembly(SidecarSettings settings) {
        this.settings = settings;
    }

    /** Opens the port, and begins to check; if that fails, what was opened is closed. */
    OpsSidecar start() {
        Optional<TlsSource> tls = settings.entry.readTls(settings.wallClock);
        HealthMonitor monitor = settings.health.build();
        OpsSidecar sidecar;
        try {
            sidecar = open(
                    monitor,
                    tls,
                    settings.eventLoops.map(LoopOwner::lent).orElseGet(() -> LoopOwner.own(EventTransport.best())));
        } catch (RuntimeException e) {
            monitor.close();
            throw e;
        }
        sidecar.begin(settings.extensions.startWork);
        return sidecar;
    }

    private OpsSidecar open(HealthMonitor monitor, Optional<TlsSource> tls, LoopOwner owner) {
        Lanes lanes = new Lanes();
        try {
            NettyLoop loop = new NettyLoop(owner.loop());
            ClusterParts parts =
                    new ClusterParts(settings.cluster, monitor, settings.drainDelay, lanes.of(Lane.OPS), loop);
            TraceParts trace = new TraceParts(
                    settings.keepsClients, settings.cluster.enabled(), monitor, lanes.of(Lane.OPS), loop);
            AssembledContext context = new AssembledContext(settings, monitor, loop, lanes.of(Lane.OPS));
            BuiltInRoutes.Contents contents = contents(monitor, context, parts, trace, tls);
            SidecarServer server = bind(monitor, owner, lanes, contents, trace, tls);
            monitor.start();
            FileWatch files = new FileWatch(settings.entry.watched(tls), FILE_INTERVAL);
            files.start();
            return new OpsSidecar(new OpsSidecar.Parts(
                    monitor,
                    server,
                    lanes,
                    parts,
                    trace,
                    files,
                    context,
                    settings.extensions.shutdownWork,
                    settings.drainDelay));
        } catch (RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    private BuiltInRoutes.Contents contents(
            HealthMonitor monitor,
            AssembledContext context,
            ClusterParts parts,
            TraceParts trace,
            Optional<TlsSource> tls) {
        List<Route> own = new ArrayList<>(parts.routes());
        own.addAll(trace.routes());
        own.add(settings.admin.status(settings.nodeId, settings.version, settings.entry.hasAuth(), monitor, parts));
        own.addAll(settings.admin.routes(context));
        own.addAll(settings.extensions.routes(context));
        List<MetricsSource> ownSources = new ArrayList<>(parts.metrics(settings.metricsPrefix));
        ownSources.addAll(settings.admin.metrics(settings.metricsPrefix));
        ownSources.add(trace.metrics(settings.metricsPrefix));
        ownSources.addAll(settings.entry.metrics(settings.metricsPrefix, tls));
        ownSources.addAll(settings.extensions.metrics(context));
        List<MetricsSource> hosts = new ArrayList<>(settings.sources);
        settings.storage.ifPresent(usage -> hosts.add(StorageMetrics.of(settings.metricsPrefix, usage)));
        return new BuiltInRoutes.Contents(
                new BuiltInRoutes.Names(settings.nodeId, settings.version, settings.pathPrefix, settings.metricsPrefix),
                settings.entry.callerRules(),
                settings.cluster.possible(),
                hosts,
                ownSources,
                own,
                settings.routes);
    }

    private SidecarServer bind(
            HealthMonitor monitor,
            LoopOwner owner,
            Lanes lanes,
            BuiltInRoutes.Contents contents,
            TraceParts trace,
            Optional<TlsSource> tls) {
        RequestMetrics requests = new RequestMetrics(
                settings.metricsPrefix,
                Stream.of(Method.values()).map(Method::label).toList());
        BuiltInRoutes all = BuiltInRoutes.of(contents, monitor, lanes, owner.loop(), requests);
        RouteTable table = all.table();
        settings.entry.refuseContradictions(table, settings.address);
        LoopClock clock = new LoopClock(settings.nanoTime, settings.wallClock);
        ConnectionContext context = new ConnectionContext(
                new Connections(MAX_CONNECTIONS),
                new Dispatcher(settings.entry.endpoints(table, requests), settings.entry.admission()),
                lanes,
                clock,
                new RequestIds(),
                HeadLimits.DEFAULT,
                MAX_BODY_BYTES,
                Deadlines.DEFAULT,
                new Complaints(clock),
                trace.journal(table, requests, clock, settings.wallClock));
        return SidecarServer.bind(settings.address, owner, context, tls, all::tick);
    }
}
