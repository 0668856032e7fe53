package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Shows a host's storage as {@code …_storage_bytes{state,tenant,bucket}}. Safe for any thread. */
public final class StorageMetrics implements MetricsSource {

    private final String prefix;
    private final StorageUsage usage;

    private StorageMetrics(String prefix, StorageUsage usage) {
        this.prefix = requireNonNull(prefix, "prefix");
        this.usage = requireNonNull(usage, "usage");
    }

    private record Figure(Labels labels, long bytes) {}

    /**
     * Returns a source.
     *
     * @param prefix what the name begins with, such as {@code outrigger}
     */
    public static MetricsSource of(String prefix, StorageUsage usage) {
        return new StorageMetrics(prefix, usage);
    }

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public List<MetricFamily> collect() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (StorageSpace space : usage.spaces()) {
            space.capacityBytes().ifPresent(bytes -> figures.add(figure("capacity", space, bytes)));
            figures.add(figure("used", space, space.usedBytes()));
        }
        return List.of(MetricFamily.ofEach(
                        MetricType.GAUGE,
                        prefix + "_storage_bytes",
                        "Bytes that the host stores, and could store.",
                        () -> figures,
                        Figure::labels,
                        Figure::bytes)
                .withUnit("bytes"));
    }

    private static Figure figure(String state, StorageSpace space, long bytes) {
        return new Figure(Labels.of("state", state, "tenant", space.tenant(), "bucket", space.bucket()), bytes);
    }
}
