package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.PathTemplate;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.SecretMetrics;
import dev.outrigger.ops.SecretRoutes;
import dev.outrigger.ops.SidecarContext;
import dev.outrigger.ops.StatusRoute;
import dev.outrigger.secrets.SecretStore;
import java.util.List;
import java.util.Optional;

/**
 * What the admin API consists of. Immutable: each setting gives another.
 *
 * @param prefix stands before its paths, behind the one for everything
 * @param swarmMode whether this is a single node, which may keep its own secrets; where nothing is said, it is unless it is in
 *     a cluster
 * @param secrets what {@code /secrets} lists and changes; without, there is no such route
 */
record AdminApi(String prefix, Optional<Boolean> swarmMode, Optional<SecretStore> secrets) {

    static final AdminApi DEFAULT = new AdminApi("/api/v1", Optional.empty(), Optional.empty());

    AdminApi {
        requireNonNull(swarmMode, "swarmMode");
        requireNonNull(secrets, "secrets");
        if (!prefix.isEmpty() && (prefix.equals("/") || !PathTemplate.of(prefix).isLiteral())) {
            throw new IllegalArgumentException(
                    "admin prefix: '" + prefix + "' (expected: empty, or /literal segments)");
        }
    }

    AdminApi withPrefix(String newPrefix) {
        return new AdminApi(newPrefix, swarmMode, secrets);
    }

    AdminApi withSwarmMode(boolean newSwarmMode) {
        return new AdminApi(prefix, Optional.of(newSwarmMode), secrets);
    }

    AdminApi withSecrets(SecretStore store) {
        return new AdminApi(prefix, swarmMode, Optional.of(store));
    }

    /** The node at a glance. */
    Route status(String nodeId, String version, boolean authEnabled, HealthMonitor monitor, ClusterParts cluster) {
        StatusRoute.Node node = new StatusRoute.Node(nodeId, version, authEnabled, isSingleNode(cluster.isInCluster()));
        return StatusRoute.of(
                prefix,
                node,
                monitor::report,
                cluster::leaveHasFailed,
                () -> secrets.isPresent() && secrets.get().isStale());
    }

    List<Route> routes(SidecarContext sidecar) {
        boolean inCluster = sidecar.cluster().isPresent();
        return secrets.map(store -> SecretRoutes.of(store, prefix, isSingleNode(inCluster), sidecar::isDraining))
                .orElse(List.of());
    }

    private boolean isSingleNode(boolean inCluster) {
        return swarmMode.orElse(!inCluster);
    }

    List<MetricsSource> metrics(String metricsPrefix) {
        return secrets.map(store -> SecretMetrics.of(metricsPrefix, store)).stream()
                .toList();
    }
}
