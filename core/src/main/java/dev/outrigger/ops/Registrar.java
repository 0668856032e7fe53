package dev.outrigger.ops;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;

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
     * Adds work to be done when the sidecar closes, after the drain and before the port closes: the host's own shutdown.
     * Run on the thread that closes, the latest added first; what it throws is logged, and the next is run.
     */
    Registrar whenDrained(ShutdownWork work);

    /** A part of the host's shutdown. */
    @FunctionalInterface
    interface ShutdownWork {
        /** Does it. */
        void run() throws Exception;
    }
}
