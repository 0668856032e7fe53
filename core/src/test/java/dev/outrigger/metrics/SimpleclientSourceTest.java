package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Enumeration;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.Info;
import io.prometheus.client.Summary;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimpleclientSourceTest {

    private final CollectorRegistry registry = new CollectorRegistry(true);

    @ParameterizedTest
    @EnumSource
    void everyTypeIsWrittenAsSimpleclientWritesIt(ExpositionFormat format) throws IOException {
        registerEveryType();
        StringWriter expected = new StringWriter();
        TextFormat.writeFormat(format.contentType(), expected, registry.metricFamilySamples());
        assertThat(normalised(whole(format))).isEqualTo(normalised(expected.toString()));
    }

    @Test
    void theStrictParserReadsEveryType() throws Exception {
        registerEveryType();
        Histogram cold =
                Histogram.build("cold_celsius", "Cold.").buckets(-10, 0).register(registry);
        cold.observe(-20);
        Histogram.build("sunk_meters", "Sunk.").buckets(1).register(registry).observe(-3);
        String script = """
                import sys, io
                from prometheus_client.openmetrics.parser import text_fd_to_metric_families
                text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='\\n')
                print(' '.join(sorted(f.name for f in text_fd_to_metric_families(text))))
                """;
        byte[] exposition = whole(ExpositionFormat.OPENMETRICS_1_0_0).getBytes(StandardCharsets.UTF_8);
        assertThat(ExternalReader.python(script, exposition))
                .isEqualTo(
                        "build cold_celsius latency_seconds mode requests size_bytes slots sunk_meters x_scrape_errors\n");
    }

    @Test
    void promtoolHasNothingToSay() throws Exception {
        registerEveryType();
        byte[] exposition = whole(ExpositionFormat.TEXT_0_0_4).getBytes(StandardCharsets.UTF_8);
        assertThat(ExternalReader.promtool(exposition)).isEmpty();
    }

    @Test
    void aCollectorThatThrowsLosesOnlyItsOwnFamilies() {
        for (int i = 0; i < 50; i++) {
            Counter.build("counter_" + i, "C.").register(registry).inc(i);
        }
        new Failing("bad_1").register(registry);
        new Failing("bad_2").register(registry);
        String text = whole(ExpositionFormat.TEXT_0_0_4);
        for (int i = 0; i < 50; i++) {
            assertThat(text).contains("\ncounter_" + i + "_total " + i + "\n", "\ncounter_" + i + "_created ");
        }
        assertThat(text).doesNotContain("bad_").contains("x_scrape_errors_total{source=\"simpleclient\"} 2\n");
    }

    @Test
    void isolationCallsNoCollectorForEachName() {
        AtomicInteger calls = new AtomicInteger();
        for (int i = 0; i < 256; i++) {
            new Counted("fine_" + i, calls).register(registry);
        }
        new Failing("bad").register(registry);
        calls.set(0);
        assertThat(whole(ExpositionFormat.TEXT_0_0_4)).contains("fine_0 1", "fine_255 1");
        // Once whole, up to the one that throws, and then in halves: never 257 times 257.
        assertThat(calls).hasValueLessThan(4 * 257);
    }

    @Test
    void whatDescribedNothingIsKeptWhenAnotherThrows() {
        new Undescribed(false).register(registry);
        new Failing("bad").register(registry);
        assertThat(whole(ExpositionFormat.TEXT_0_0_4)).contains("late 1\n").contains("source=\"simpleclient\"} 1\n");
    }

    @Test
    void theRegistryIsLostWhereWhatThrowsDescribedNothing() {
        Gauge.build("fine", "F.").register(registry);
        new Undescribed(true).register(registry);
        assertThat(whole(ExpositionFormat.TEXT_0_0_4)).doesNotContain("fine").contains("source=\"simpleclient\"} 1\n");
    }

    @Test
    void aFamilyThatLiesIsLostAlone() {
        Gauge.build("fine", "F.").register(registry);
        family("no name", Collector.Type.GAUGE, sample("no name")).register(registry);
        family("liar", Collector.Type.GAUGE, sample("other")).register(registry);
        family("twice", Collector.Type.GAUGE, labelled("twice", "a", "a")).register(registry);
        family("odd_label", Collector.Type.GAUGE, labelled("odd_label", "a-b")).register(registry);
        assertThat(whole(ExpositionFormat.TEXT_0_0_4)).isEqualTo("""
                # HELP x_scrape_errors_total Failures of a metrics source: collections, families or samples that were lost.
                # TYPE x_scrape_errors_total counter
                x_scrape_errors_total{source="simpleclient"} 1
                # HELP fine F.
                # TYPE fine gauge
                fine 0
                """);
    }

    private void registerEveryType() {
        Counter requests = Counter.build("requests", "Requests.")
                .labelNames("op")
                .withExemplars()
                .register(registry);
        requests.labels("get \"quoted\" \\ and\nbroken é").incWithExemplar(3, "trace_id", "abc");
        requests.labels("set").inc(2.5);
        Gauge.build("slots", "Slots \\ \n of a node.").register(registry).set(16);
        Histogram latency = Histogram.build("latency_seconds", "Latency.")
                .unit("seconds")
                .labelNames("op")
                .register(registry);
        latency.labels("get").observe(0.003);
        latency.labels("set").observeWithExemplar(1.5, "trace_id", "def");
        Summary size = Summary.build("size_bytes", "Sizes.").quantile(0.5, 0.01).register(registry);
        size.observe(10);
        Info.build("build", "The build.").register(registry).info("version", "1");
        Enumeration.build("mode", "Mode.")
                .states("on", "off")
                .register(registry)
                .state("off");
    }

    private String whole(ExpositionFormat format) {
        return Rendered.whole(
                MetricsCollector.of("x", List.of(SimpleclientSource.of(registry)))
                        .collect(),
                format);
    }

    /** Leaves out what differs on purpose: the order of families, the point of whole numbers, the last comma, our own family. */
    private static String normalised(String exposition) {
        return Arrays.stream(exposition.split("\n"))
                .filter(line -> !line.contains("x_scrape_errors") && !line.startsWith("# "))
                .map(line -> line.replace(",}", "}").replaceAll("\\.0( |$)", "$1"))
                .map(SimpleclientSourceTest::plainNumber)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String plainNumber(String line) {
        int space = line.lastIndexOf(' ');
        String value = line.substring(space + 1);
        return value.contains("E") ? line.substring(0, space + 1) + new BigDecimal(value).toPlainString() : line;
    }

    private static Collector.MetricFamilySamples.Sample sample(String name) {
        return new Collector.MetricFamilySamples.Sample(name, List.of(), List.of(), 1);
    }

    private static Collector.MetricFamilySamples.Sample labelled(String name, String... labels) {
        return new Collector.MetricFamilySamples.Sample(
                name, List.of(labels), Arrays.stream(labels).map(label -> "x").toList(), 1);
    }

    private static Collector family(String name, Collector.Type type, Collector.MetricFamilySamples.Sample sample) {
        return new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return List.of(new MetricFamilySamples(name, type, "Help.", List.of(sample)));
            }
        };
    }

    /** Describes itself, and then throws. */
    private static final class Failing extends Collector implements Collector.Describable {

        private final String name;

        Failing(String name) {
            this.name = name;
        }

        @Override
        public List<MetricFamilySamples> describe() {
            return List.of(new MetricFamilySamples(name, Type.GAUGE, "Help.", List.of()));
        }

        @Override
        public List<MetricFamilySamples> collect() {
            throw new IllegalStateException("no");
        }
    }

    /** Counts how often it is asked. */
    private static final class Counted extends Collector {

        private final String name;
        private final AtomicInteger calls;

        Counted(String name, AtomicInteger calls) {
            this.name = name;
            this.calls = calls;
        }

        @Override
        public List<MetricFamilySamples> collect() {
            calls.incrementAndGet();
            return List.of(new MetricFamilySamples(name, Type.GAUGE, "Help.", List.of(sample(name))));
        }
    }

    /** Gives nothing when it is registered, and so has no name that the registry knows. */
    private static final class Undescribed extends Collector implements Collector.Describable {

        private final boolean fails;

        Undescribed(boolean fails) {
            this.fails = fails;
        }

        @Override
        public List<MetricFamilySamples> describe() {
            return List.of();
        }

        @Override
        public List<MetricFamilySamples> collect() {
            if (fails) {
                throw new IllegalStateException("no");
            }
            return List.of(new MetricFamilySamples("late", Type.GAUGE, "Late.", List.of(sample("late"))));
        }
    }
}
