package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The budget of a scrape of 100,000 lines: one megabyte, whatever the values are. */
class ExpositionAllocationTest {

    private static final int SERIES = 100_000;
    private static final long BUDGET_BYTES = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long round;

    @Test
    void oneHundredThousandLinesAllocateLessThanAMegabyte() {
        MetricsCollector collector = MetricsCollector.of("x", List.of(MetricsSource.of("many", families())));
        scrape(collector);
        long before = threads.getCurrentThreadAllocatedBytes();
        scrape(collector);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(BUDGET_BYTES);
    }

    private void scrape(MetricsCollector collector) {
        round++;
        Exposition exposition = collector.collect().render(ExpositionFormat.TEXT_0_0_4, NameFilter.everything());
        int bytes = 0;
        while (!exposition.isEnded()) {
            bytes += exposition.next().orElseThrow().remaining();
        }
        assertThat(bytes).isGreaterThan(SERIES * 20);
    }

    private List<MetricFamily> families() {
        return IntStream.range(0, 1_000)
                .mapToObj(family -> {
                    List<Series> series = IntStream.range(0, SERIES / 1_000)
                            .mapToObj(i -> new Series(Labels.of("series", "s" + i), i))
                            .toList();
                    return MetricFamily.ofEach(
                            MetricType.COUNTER,
                            "family_" + family,
                            "A family.",
                            () -> series,
                            Series::labels,
                            each -> (each.index() * 1_000_003L + round) / 1e3);
                })
                .toList();
    }

    private record Series(Labels labels, int index) {}
}
