package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.secrets.SecretStore;
import java.util.List;

/**
 * Shows as a metric whether the secrets can still be read from where they are kept.
 *
 * <p>Safe for any thread.
 */
public final class SecretMetrics implements MetricsSource {

    private final String prefix;
    private final SecretStore store;

    private SecretMetrics(String prefix, SecretStore store) {
        this.prefix = prefix;
        this.store = store;
    }

    /**
     * Returns a source.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     */
    public static MetricsSource of(String prefix, SecretStore store) {
        return new SecretMetrics(requireNonNull(prefix, "prefix"), requireNonNull(store, "store"));
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public List<MetricFamily> collect() {
        return List.of(MetricFamily.gauge(
                prefix + "_secret_store_stale",
                "Whether the secrets' last good content is in use, since the store cannot be read: 1 if so.",
                () -> store.isStale() ? 1 : 0));
    }
}
