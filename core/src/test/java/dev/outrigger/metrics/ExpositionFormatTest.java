package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExpositionFormatTest {

    @Test
    void theTextFormatIsByteExact() {
        assertThat(Rendered.text(AllTypes.families())).isEqualTo("""
                # HELP open_slots Slots that are open.\\nBackslash \\\\ and "quotes".
                # TYPE open_slots gauge
                open_slots 16
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{op="get"} 3
                # HELP requests_created Requests.
                # TYPE requests_created gauge
                requests_created{op="get"} 1700000000.5
                # HELP build_info The build.
                # TYPE build_info gauge
                build_info{version="1.0"} 1
                # HELP odd Nobody knows.
                # TYPE odd untyped
                odd NaN
                # HELP mode The mode.
                # TYPE mode gauge
                mode{node="n1",mode="on"} 1
                mode{node="n1",mode="off"} 0
                # HELP latency_seconds Latency.
                # TYPE latency_seconds histogram
                latency_seconds_bucket{le="0.005"} 1
                latency_seconds_bucket{le="1.0"} 3
                latency_seconds_bucket{le="2.5e+06"} 3
                latency_seconds_bucket{le="+Inf"} 4
                latency_seconds_count 4
                latency_seconds_sum 3000001.25
                latency_seconds_bucket{op="get",le="0.005"} 0
                latency_seconds_bucket{op="get",le="1.0"} 0
                latency_seconds_bucket{op="get",le="2.5e+06"} 0
                latency_seconds_bucket{op="get",le="+Inf"} 0
                latency_seconds_count{op="get"} 0
                latency_seconds_sum{op="get"} 0
                # HELP queue_age_seconds Ages.
                # TYPE queue_age_seconds histogram
                queue_age_seconds_bucket{le="+Inf"} 2
                # HELP queue_age_seconds_gcount Ages.
                # TYPE queue_age_seconds_gcount gauge
                queue_age_seconds_gcount 2
                # HELP queue_age_seconds_gsum Ages.
                # TYPE queue_age_seconds_gsum gauge
                queue_age_seconds_gsum 7.5
                # HELP size_bytes Sizes.
                # TYPE size_bytes summary
                size_bytes{t="x",quantile="0.5"} 10
                size_bytes{t="x",quantile="1.0"} 20
                size_bytes_count{t="x"} 3
                size_bytes_sum{t="x"} 40
                """);
    }

    @Test
    void openMetricsIsByteExact() {
        assertThat(Rendered.openMetrics(AllTypes.families())).isEqualTo("""
                # TYPE open_slots gauge
                # HELP open_slots Slots that are open.\\nBackslash \\\\ and \\"quotes\\".
                open_slots 16
                # TYPE requests counter
                # HELP requests Requests.
                requests_total{op="get"} 3 # {trace_id="abc"} 1 1700000000.042
                requests_created{op="get"} 1700000000.5
                # TYPE build info
                # HELP build The build.
                build_info{version="1.0"} 1
                # TYPE odd unknown
                # HELP odd Nobody knows.
                odd NaN
                # TYPE mode stateset
                # HELP mode The mode.
                mode{node="n1",mode="on"} 1
                mode{node="n1",mode="off"} 0
                # TYPE latency_seconds histogram
                # UNIT latency_seconds seconds
                # HELP latency_seconds Latency.
                latency_seconds_bucket{le="0.005"} 1
                latency_seconds_bucket{le="1.0"} 3
                latency_seconds_bucket{le="2.5e+06"} 3
                latency_seconds_bucket{le="+Inf"} 4
                latency_seconds_count 4
                latency_seconds_sum 3000001.25
                latency_seconds_bucket{op="get",le="0.005"} 0
                latency_seconds_bucket{op="get",le="1.0"} 0
                latency_seconds_bucket{op="get",le="2.5e+06"} 0
                latency_seconds_bucket{op="get",le="+Inf"} 0
                latency_seconds_count{op="get"} 0
                latency_seconds_sum{op="get"} 0
                # TYPE queue_age_seconds gaugehistogram
                # HELP queue_age_seconds Ages.
                queue_age_seconds_bucket{le="+Inf"} 2
                queue_age_seconds_gcount 2
                queue_age_seconds_gsum 7.5
                # TYPE size_bytes summary
                # UNIT size_bytes bytes
                # HELP size_bytes Sizes.
                size_bytes{t="x",quantile="0.5"} 10
                size_bytes{t="x",quantile="1.0"} 20
                size_bytes_count{t="x"} 3
                size_bytes_sum{t="x"} 40
                # EOF
                """);
    }

    @Test
    void aTimestampIsMillisecondsInTextAndSecondsInOpenMetrics() {
        assertThat(Rendered.text(stamped(1_700_000_000_007L))).contains("\nold 1 1700000000007\n");
        assertThat(Rendered.openMetrics(stamped(1_700_000_000_007L))).contains("\nold 1 1700000000.007\n");
    }

    @Test
    void anExemplarThatIsTooLongIsLeftOut() {
        assertThat(Rendered.openMetrics(withExemplar("x".repeat(120)))).contains("\na_total 1 # {trace_id=\"xxx");
        assertThat(Rendered.openMetrics(withExemplar("x".repeat(121)))).contains("\na_total 1\n");
    }

    private static MetricFamily stamped(long millis) {
        SampleExtras extras = new SampleExtras(OptionalLong.of(millis), Optional.empty());
        return MetricFamily.of(
                MetricType.GAUGE,
                "old",
                "Old.",
                () -> SingleCursor.of(out -> out.sample(SampleSuffix.NONE, List.of(), List.of(), 1, extras)));
    }

    private static MetricFamily withExemplar(String trace) {
        Exemplar exemplar = new Exemplar(List.of("trace_id"), List.of(trace), 1, OptionalLong.empty());
        SampleExtras extras = new SampleExtras(OptionalLong.empty(), Optional.of(exemplar));
        return MetricFamily.of(
                MetricType.COUNTER,
                "a",
                "A.",
                () -> SingleCursor.of(out -> out.sample(SampleSuffix.TOTAL, List.of(), List.of(), 1, extras)));
    }
}
