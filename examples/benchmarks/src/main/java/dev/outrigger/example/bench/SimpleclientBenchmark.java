package dev.outrigger.example.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.metrics.Exposition;
import dev.outrigger.metrics.ExpositionFormat;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.NameFilter;
import dev.outrigger.metrics.SimpleclientSource;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A scrape of 100,000 gauges out of a simpleclient registry, against simpleclient's own writer, used as its own HTTP server
 * uses it: through a stream writer into a buffer that is kept.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class SimpleclientBenchmark {

    private final ManySeries series = new ManySeries(false);
    private final CollectorRegistry registry = new CollectorRegistry();
    private final Gauge.Child[][] gauges = register(registry);
    private final MetricsCollector collector =
            MetricsCollector.of("benchmark", List.of(SimpleclientSource.of(registry)));
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(16 << 20);

    private static Gauge.Child[][] register(CollectorRegistry registry) {
        Gauge.Child[][] gauges = new Gauge.Child[ManySeries.FAMILIES][ManySeries.PER_FAMILY];
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            Gauge gauge = Gauge.build(ManySeries.name(family), ManySeries.HELP)
                    .labelNames("shard", "operation")
                    .register(registry);
            for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
                gauges[family][index] = gauge.labels(ManySeries.labelValues(index));
            }
        }
        return gauges;
    }

    /** Moves all values; not measured. */
    @Setup(Level.Invocation)
    public void move() {
        series.move();
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
                gauges[family][index].set(series.value(family, index));
            }
        }
    }

    /** Collects the registry once, and renders it. */
    @Benchmark
    public void outrigger(Blackhole reader) {
        Exposition exposition = collector.collect().render(ExpositionFormat.TEXT_0_0_4, NameFilter.everything());
        while (!exposition.isEnded()) {
            exposition.next().ifPresent(reader::consume);
        }
    }

    /** Does the same with {@code TextFormat}. */
    @Benchmark
    public int textFormat() throws IOException {
        buffer.reset();
        try (Writer writer = new OutputStreamWriter(buffer, UTF_8)) {
            TextFormat.write004(writer, registry.metricFamilySamples());
        }
        return buffer.size();
    }
}
