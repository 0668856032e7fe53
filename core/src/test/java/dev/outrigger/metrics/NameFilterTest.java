package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameFilterTest {

    private final Collected collected = MetricsCollector.of(
                    "x", List.of(MetricsSource.of("all", List.of(AllTypes.families()))))
            .collect();

    @Test
    void theNameOfAFamilyMeansAllOfIt() {
        assertThat(text("requests")).isEqualTo("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{op="get"} 3
                # HELP requests_created Requests.
                # TYPE requests_created gauge
                requests_created{op="get"} 1700000000.5
                """);
    }

    @Test
    void theNameOfASampleMeansThoseSamples() {
        assertThat(text("requests_total", "size_bytes_count")).isEqualTo("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{op="get"} 3
                # HELP size_bytes Sizes.
                # TYPE size_bytes summary
                size_bytes_count{t="x"} 3
                """);
        assertThat(text("requests_created")).isEqualTo("""
                # HELP requests_created Requests.
                # TYPE requests_created gauge
                requests_created{op="get"} 1700000000.5
                """);
    }

    @Test
    void aHistogramStaysWholeInOpenMetrics() {
        assertThat(Rendered.whole(
                        collected, ExpositionFormat.OPENMETRICS_1_0_0, NameFilter.of(List.of("latency_seconds_count"))))
                .contains("latency_seconds_bucket", "latency_seconds_count", "latency_seconds_sum")
                .doesNotContain("requests");
    }

    @Test
    void anUnknownNameMeansNothing() {
        assertThat(text("nothing")).isEmpty();
        assertThat(Rendered.whole(collected, ExpositionFormat.OPENMETRICS_1_0_0, NameFilter.of(List.of("nothing"))))
                .isEqualTo("# EOF\n");
    }

    private String text(String... names) {
        return Rendered.whole(collected, ExpositionFormat.TEXT_0_0_4, NameFilter.of(List.of(names)));
    }
}
