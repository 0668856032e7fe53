package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckScope;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.health.Watch;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * What this node can reach: the dependencies that the host has probes for, and its peers' sidecars. All are asked in the
 * background, by the monitor of the node's health and with a slot each, so that one that hangs delays no other.
 *
 * <p>Safe for use by any thread but an event loop.
 */
public final class Connectivity {

    /** Each peer that is away costs a thread for as long as it is waited for. */
    private static final int MOST_PEERS = 100;

    private static final CheckOptions PEER = CheckOptions.readiness()
            .scope(CheckScope.CLUSTER)
            .nonCritical()
            .interval(ConnectivityProbe.PACE)
            .timeout(ConnectivityProbe.PACE)
            .interruptAtTimeout();

    private final List<ConnectivityProbe> probes;
    private final Supplier<SSLSocketFactory> tlsSockets;
    private final HealthMonitor monitor;

    /** By the name of the probe. */
    private final Map<String, Watch> watches = new LinkedHashMap<>();

    /** By address. Guarded by this. */
    private final Map<String, Peer> peers = new TreeMap<>();

    private Connectivity(List<ConnectivityProbe> probes, Supplier<SSLSocketFactory> tlsSockets, HealthMonitor monitor) {
        this.probes = List.copyOf(probes);
        this.tlsSockets = requireNonNull(tlsSockets, "tlsSockets");
        this.monitor = requireNonNull(monitor, "monitor");
    }

    private record Peer(String address, URI opsUrl, Watch watch) {}

    /**
     * Adds a probe to a node's checks, where it counts for readiness, if it is required.
     *
     * @throws IllegalArgumentException if a check has its name
     */
    public static void require(ConnectivityProbe probe, HealthMonitorBuilder health) {
        if (probe.required()) {
            health.check(probe.name(), probe.options(), probe.check());
        }
    }

    /**
     * Begins to ask what is not required, too, once the monitor has been started.
     *
     * @param tlsSockets asked when there is the first peer whose address begins with {@code https}
     * @param monitor has the required ones among its checks
     */
    public static Connectivity of(
            List<ConnectivityProbe> probes, Supplier<SSLSocketFactory> tlsSockets, HealthMonitor monitor) {
        Connectivity connectivity = new Connectivity(probes, tlsSockets, monitor);
        connectivity.begin();
        return connectivity;
    }

    private void begin() {
        for (ConnectivityProbe probe : probes) {
            if (!probe.required()) {
                watches.put(probe.name(), monitor.watch(probe.name(), probe.options(), probe.check()));
            }
        }
    }

    /** Returns all that is known, dependencies in the order they were given, then peers by address. */
    public List<ClientReport> clients() {
        List<ClientReport> clients = new ArrayList<>();
        for (ConnectivityProbe probe : probes) {
            reportOf(probe).ifPresent(check -> clients.add(ClientReport.ofProbe(probe, check)));
        }
        for (Peer peer : currentPeers()) {
            clients.add(ClientReport.ofPeer(
                    peer.address(), peer.opsUrl().toString(), peer.watch().report()));
        }
        return clients;
    }

    private Optional<CheckReport> reportOf(ConnectivityProbe probe) {
        Watch watch = watches.get(probe.name());
        return watch == null ? monitor.report().check(probe.name()) : Optional.of(watch.report());
    }

    private synchronized List<Peer> currentPeers() {
        return List.copyOf(peers.values());
    }

    /** Follows the members that have an ops address, the first 100 of them; forgets those that are gone. */
    synchronized void follow(ClusterState state) {
        Map<String, URI> wanted = peersIn(state);
        peers.entrySet().removeIf(entry -> {
            boolean gone = !entry.getValue().opsUrl().equals(wanted.get(entry.getKey()));
            if (gone) {
                entry.getValue().watch().close();
            }
            return gone;
        });
        wanted.forEach((address, url) -> peers.computeIfAbsent(address, name -> peer(name, url)));
    }

    private static Map<String, URI> peersIn(ClusterState state) {
        Map<String, URI> urls = new TreeMap<>();
        for (Member member : state.others()) {
            boolean peer = member.status() != MemberStatus.REMOVED
                    && !member.address().equals(state.self().address());
            if (peer && urls.size() < MOST_PEERS) {
                member.opsUrl().ifPresent(url -> urls.put(member.address().value(), url));
            }
        }
        return urls;
    }

    private Peer peer(String name, URI url) {
        HttpPing ping = new HttpPing(url, tlsSockets);
        return new Peer(name, url, monitor.watch(name, PEER, ping));
    }
}
