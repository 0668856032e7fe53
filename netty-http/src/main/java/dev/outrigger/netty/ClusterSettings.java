package dev.outrigger.netty;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterWatch;
import dev.outrigger.cluster.Connectivity;
import dev.outrigger.cluster.ConnectivityProbe;
import dev.outrigger.cluster.HostCalls;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.ops.OptionalRoute;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** What a host has said of its cluster, and of what its node has to reach. One thread. */
final class ClusterSettings {

    private final HealthMonitorBuilder health;
    private final LongSupplier nanoTime;
    private final List<ConnectivityProbe> probes = new ArrayList<>();
    private final Set<OptionalRoute> enabled = EnumSet.noneOf(OptionalRoute.class);
    private Optional<Joined> joined = Optional.empty();
    private Optional<SSLContext> peerTls = Optional.empty();

    /**
     * @param health gets the checks
     * @param nanoTime the clock that the sidecar goes by in the end
     */
    ClusterSettings(HealthMonitorBuilder health, LongSupplier nanoTime) {
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /** A cluster that the node is in, and what looks at it. */
    record Joined(ClusterProvider provider, HostCalls calls, ClusterWatch watch) {}

    void join(ClusterProvider provider) {
        HostCalls calls = new HostCalls(nanoTime);
        ClusterWatch watch = new ClusterWatch(provider, calls);
        health.check(ClusterWatch.NAME, ClusterWatch.OPTIONS, watch);
        joined = Optional.of(new Joined(provider, calls, watch));
    }

    void add(ConnectivityProbe probe) {
        if (probes.stream().anyMatch(other -> other.name().equals(probe.name()))) {
            throw new IllegalArgumentException(
                    "probe: '" + probe.name() + "' (expected: a name that no other probe has)");
        }
        Connectivity.require(probe, health);
        probes.add(probe);
    }

    void peerTls(SSLContext context) {
        peerTls = Optional.of(context);
    }

    void enable(OptionalRoute route) {
        enabled.add(route);
    }

    Optional<Joined> joined() {
        return joined;
    }

    List<ConnectivityProbe> probes() {
        return List.copyOf(probes);
    }

    /**
     * The optional routes there are to be.
     *
     * @throws IllegalArgumentException if one of them lacks what it belongs to
     */
    Set<OptionalRoute> enabled() {
        for (OptionalRoute route : enabled) {
            if (route.needsCluster() && joined.isEmpty()) {
                throw new IllegalArgumentException("enable: " + route + " (expected: a cluster, too)");
            }
        }
        return Set.copyOf(enabled);
    }

    /** The optional routes that this sidecar could have. */
    Set<OptionalRoute> possible() {
        Set<OptionalRoute> possible = EnumSet.allOf(OptionalRoute.class);
        possible.removeIf(route -> route.needsCluster() && joined.isEmpty());
        return possible;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** What peers are asked with whose sidecars speak TLS. The platform's own is only made when there is one. */
    SSLSocketFactory peerSockets() {
        return peerTls.orElseGet(ClusterSettings::platformTls).getSocketFactory();
    }

    private static SSLContext platformTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this platform has no TLS", e);
        }
    }
}
