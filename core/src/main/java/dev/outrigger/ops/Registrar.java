package dev.outrigger.ops;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import java.util.List;
import java.util.function.Function;

/**
 * Takes what a host or an {@link Extension} contributes to a sidecar that is being built.
 *
 * <p>Each method checks its arguments at once. Used by one thread; of no effect once the sidecar is built.
 */
public interface Registrar {

    /**
     * Adds a health check.
     *
     * @throws IllegalArgumentException if the name is taken or malformed, or the options contradict each other
     */
    Registrar check(String name, CheckOptions options, HealthCheck check);

    /**
     * Adds a gate that must be open for the node to be ready.
     *
     * @throws IllegalArgumentException if a gate of that name is there already
     */
    Registrar gate(ReadinessGate gate);

    /** Adds a source of metrics, and switches {@code /metrics} on. */
    Registrar metrics(MetricsSource source);

    /** Adds a route, which gets the same authentication, errors and metrics as the sidecar's own. */
    Registrar route(Route route);

    /**
     * Adds routes that depend on how the sidecar is set up, such as those below the {@linkplain SidecarContext#adminPrefix()
     * prefix} of the admin API.
     *
     * @param routes asked once, when the sidecar starts and before its port opens; what it throws fails the start
     */
    Registrar routes(Function<? super SidecarContext, ? extends List<Route>> routes);

    /**
     * Adds a source of metrics whose names begin as the {@linkplain SidecarContext#metricsPrefix() sidecar's own} do. Shown where
     * there is a {@code /metrics}, and does not switch it on.
     *
     * @param source asked for once, when the sidecar starts and before its port opens; what it throws fails the start
     */
    Registrar ownMetrics(Function<? super SidecarContext, ? extends MetricsSource> source);

    /**
     * Adds work to be done when the sidecar has started: its port is open and its checks run. Run on the thread that starts, the
     * first added first. What it throws fails the start: the sidecar is closed without a delay, shutdown work included, and
     * the exception goes to the host.
     */
    Registrar whenStarted(StartWork work);

    /**
     * Adds work to be done when the sidecar closes, after the drain and before the port closes: the host's own shutdown.
     * Run on the thread that closes, the latest added first; what it throws is logged, and the next is run.
     */
    Registrar whenDrained(ShutdownWork work);

    /** What begins with the sidecar. */
    @FunctionalInterface
    interface StartWork {
        /** Begins it. Must not wait for what takes long. */
        void run(SidecarContext sidecar);
    }

    /** A part of the host's shutdown. */
    @FunctionalInterface
    interface ShutdownWork {
        /** Does it. */
        void run() throws Exception;
    }
}
