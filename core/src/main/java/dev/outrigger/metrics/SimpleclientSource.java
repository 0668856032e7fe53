package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;

/**
 * The metrics of a registry of Prometheus' simpleclient (0.16), which is collected once a scrape.
 *
 * <p>What is written is what simpleclient's own writer writes, {@code _created} lines included (they are switched off as
 * everywhere with simpleclient, by {@code PROMETHEUS_DISABLE_CREATED_SERIES}), but sorted by name, and with whole numbers
 * without a point.
 *
 * <p>A collector that throws is isolated, by asking the registry again, in parts, by the names that its collectors
 * described when they were registered. Where one that described nothing throws, the whole registry is lost for that
 * scrape. Samples are rendered straight from what was collected.
 */
public final class SimpleclientSource implements MetricsSource {

    private final CollectorRegistry registry;

    private SimpleclientSource(CollectorRegistry registry) {
        this.registry = registry;
    }

    /** Returns a source over a registry, such as {@code CollectorRegistry.defaultRegistry}. */
    public static SimpleclientSource of(CollectorRegistry registry) {
        return new SimpleclientSource(requireNonNull(registry, "registry"));
    }

    @Override
    public String name() {
        return "simpleclient";
    }

    @Override
    public List<MetricFamily> collect() {
        List<MetricFamily> families = collectWhole();
        families.sort(Comparator.comparing(MetricFamily::name));
        return families;
    }

    private List<MetricFamily> collectWhole() {
        try {
            return families(registry.metricFamilySamples());
        } catch (Throwable e) { // A collector is anybody's code, and any error of it is to cost its own families only.
            return new RegistryParts(registry).collect();
        }
    }

    static List<MetricFamily> families(Enumeration<MetricFamilySamples> collected) {
        List<MetricFamily> families = new ArrayList<>();
        while (collected.hasMoreElements()) {
            families.add(new SimpleclientFamily(collected.nextElement()));
        }
        return families;
    }
}
