package dev.outrigger.netty;

import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.Registrar.ShutdownWork;
import dev.outrigger.ops.Registrar.StartWork;
import dev.outrigger.ops.SidecarContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What extensions contribute that waits for the sidecar to be set up, to start or to close. Used by one thread. */
final class ExtensionSettings {

    final List<StartWork> startWork = new ArrayList<>();
    final List<ShutdownWork> shutdownWork = new ArrayList<>();
    private final List<Function<? super SidecarContext, ? extends List<Route>>> routes = new ArrayList<>();
    private final List<Function<? super SidecarContext, ? extends MetricsSource>> metrics = new ArrayList<>();

    void add(Function<? super SidecarContext, ? extends List<Route>> made) {
        routes.add(made);
    }

    void addMetrics(Function<? super SidecarContext, ? extends MetricsSource> made) {
        metrics.add(made);
    }

    /** Makes the routes, in the order in which they were added. */
    List<Route> routes(SidecarContext sidecar) {
        List<Route> made = new ArrayList<>();
        routes.forEach(each -> made.addAll(each.apply(sidecar)));
        return made;
    }

    /** Makes the sources of metrics, in the order in which they were added. */
    List<MetricsSource> metrics(SidecarContext sidecar) {
        List<MetricsSource> made = new ArrayList<>();
        metrics.forEach(each -> made.add(each.apply(sidecar)));
        return made;
    }
}
