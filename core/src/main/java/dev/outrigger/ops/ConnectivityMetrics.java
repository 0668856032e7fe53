package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClientReport;
import dev.outrigger.cluster.ClientStatus;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Shows what this node can reach as metrics, dependencies and peers alike. Safe for any thread. */
public final class ConnectivityMetrics implements MetricsSource {

    private static final double NANOS_PER_SECOND = 1e9;

    private final String prefix;
    private final Supplier<List<ClientReport>> clients;

    private ConnectivityMetrics(String prefix, Supplier<List<ClientReport>> clients) {
        this.prefix = requireNonNull(prefix, "prefix");
        this.clients = requireNonNull(clients, "clients");
    }

    /**
     * Returns a source.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     * @param clients asked once a scrape, on the scrape lane
     */
    public static MetricsSource of(String prefix, Supplier<List<ClientReport>> clients) {
        return new ConnectivityMetrics(prefix, clients);
    }

    @Override
    public String name() {
        return "connectivity";
    }

    @Override
    public List<MetricFamily> collect() {
        List<ClientReport> known = oncePerName().stream()
                .filter(client -> client.status() != ClientStatus.UNKNOWN)
                .toList();
        List<ClientReport> online =
                known.stream().filter(client -> client.latency().isPresent()).toList();
        return List.of(
                MetricFamily.ofEach(
                        MetricType.GAUGE,
                        prefix + "_peer_up",
                        "1 while a dependency or a peer can be reached.",
                        () -> known,
                        ConnectivityMetrics::label,
                        client -> client.status() == ClientStatus.ONLINE ? 1 : 0),
                MetricFamily.ofEach(
                                MetricType.GAUGE,
                                prefix + "_peer_latency_seconds",
                                "Time that the last call of a dependency or a peer took, while it can be reached.",
                                () -> online,
                                ConnectivityMetrics::label,
                                client -> seconds(client.latency().orElse(Duration.ZERO)))
                        .withUnit("seconds"));
    }

    /** A peer may be called what a probe is called, and Prometheus refuses a scrape that has a series twice. */
    private List<ClientReport> oncePerName() {
        Map<String, ClientReport> byName = new LinkedHashMap<>();
        clients.get().forEach(client -> byName.putIfAbsent(client.name(), client));
        return List.copyOf(byName.values());
    }

    private static Labels label(ClientReport client) {
        return Labels.of("peer", client.name());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
