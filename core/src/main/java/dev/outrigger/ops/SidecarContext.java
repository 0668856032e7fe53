package dev.outrigger.ops;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.health.Lifecycle;
import java.util.Optional;

/**
 * What an {@link Extension} may know of the sidecar that it became part of, once all settings are known. Implemented by the
 * transport.
 *
 * <p>Safe for use by any thread, as long as the sidecar lives. Of its settings none changes.
 */
public interface SidecarContext {

    /** Names the node in every answer. */
    String nodeId();

    /** The version of the host's product, {@code unknown} where it did not say. */
    String version();

    /** What stands before every path as a client sends it, such as {@code /ops}; empty by default. No part of a route's path. */
    String pathPrefix();

    /** What a route of the admin API begins with: {@code /api/v1} unless the host chose another, which may be empty. */
    String adminPrefix();

    /** What the names of the sidecar's own metrics begin with: {@code outrigger} unless the host chose another. */
    String metricsPrefix();

    /** Where the node is in its life at this moment. One volatile read. */
    Lifecycle lifecycle();

    /** The cluster that the node is in, if it is in one. */
    Optional<ClusterProvider> cluster();

    /** Takes what the audit log is to tell of work that goes on behind a request. */
    AuditEvents audit();

    /** Keeps time for an answer that comes later. What is run on it must not block. */
    Loop loop();

    /** Where a handler's work goes on after something on the loop; bounded, shared with all routes. */
    CallLane lane();

    /** Tells whether the node is on its way out, and begins nothing new. */
    default boolean isDraining() {
        return switch (lifecycle()) {
            case STARTING, RUNNING -> false;
            case DRAINING, CLOSED -> true;
        };
    }

    /**
     * The path of the admin API as a client sends it, for a {@code Location}.
     *
     * @param path below the admin API, with its slash
     */
    default String adminPath(String path) {
        return pathPrefix() + adminPrefix() + path;
    }
}
