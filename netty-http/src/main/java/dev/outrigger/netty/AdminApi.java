package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.PathTemplate;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.ops.SecretMetrics;
import dev.outrigger.ops.SecretRoutes;
import dev.outrigger.secrets.SecretStore;
import java.util.List;
import java.util.Optional;

/**
 * What the admin API consists of. Immutable: each setting gives another.
 *
 * @param prefix stands before its paths, behind the one for everything
 * @param swarmMode whether this is a single node, which may keep its own secrets
 * @param secrets what {@code /secrets} lists and changes; without, there is no such route
 */
record AdminApi(String prefix, boolean swarmMode, Optional<SecretStore> secrets) {

    static final AdminApi DEFAULT = new AdminApi("/api/v1", true, Optional.empty());

    AdminApi {
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
        return new AdminApi(prefix, newSwarmMode, secrets);
    }

    AdminApi withSecrets(SecretStore store) {
        return new AdminApi(prefix, swarmMode, Optional.of(store));
    }

    /** Tells whether it has routes that write. */
    boolean writes() {
        return secrets.isPresent();
    }

    List<Route> routes(HealthMonitor monitor) {
        return secrets.map(store -> SecretRoutes.of(store, prefix, swarmMode, () -> isDraining(monitor)))
                .orElse(List.of());
    }

    private static boolean isDraining(HealthMonitor monitor) {
        return switch (monitor.report().lifecycle()) {
            case STARTING, RUNNING -> false;
            case DRAINING, CLOSED -> true;
        };
    }

    List<MetricsSource> metrics(String metricsPrefix) {
        return secrets.map(store -> SecretMetrics.of(metricsPrefix, store)).stream()
                .toList();
    }
}
