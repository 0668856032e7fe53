package dev.outrigger.netty;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.Lifecycle;
import dev.outrigger.ops.AuditEvents;
import dev.outrigger.ops.CallLane;
import dev.outrigger.ops.Loop;
import dev.outrigger.ops.SidecarContext;
import java.util.Optional;

/** What extensions are told of a sidecar, from the parts that it was put together of. Immutable. */
final class AssembledContext implements SidecarContext {

    private final String nodeId;
    private final String version;
    private final String pathPrefix;
    private final String adminPrefix;
    private final String metricsPrefix;
    private final Optional<ClusterProvider> cluster;
    private final HealthMonitor monitor;
    private final Loop loop;
    private final CallLane lane;

    AssembledContext(SidecarSettings settings, HealthMonitor monitor, Loop loop, CallLane lane) {
        this.nodeId = settings.nodeId;
        this.version = settings.version;
        this.pathPrefix = settings.pathPrefix;
        this.adminPrefix = settings.admin.prefix();
        this.metricsPrefix = settings.metricsPrefix;
        this.cluster = settings.cluster.joined().map(ClusterSettings.Joined::provider);
        this.monitor = monitor;
        this.loop = loop;
        this.lane = lane;
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String pathPrefix() {
        return pathPrefix;
    }

    @Override
    public String adminPrefix() {
        return adminPrefix;
    }

    @Override
    public String metricsPrefix() {
        return metricsPrefix;
    }

    @Override
    public Lifecycle lifecycle() {
        return monitor.report().lifecycle();
    }

    @Override
    public Optional<ClusterProvider> cluster() {
        return cluster;
    }

    @Override
    public AuditEvents audit() {
        return AuditEvents.toLog();
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public CallLane lane() {
        return lane;
    }
}
