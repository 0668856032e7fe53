package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

    private static final int GET = 0;
    private static final int OTHER = 1;
    private static final long MILLIS = 1_000_000;

    private final RequestMetrics metrics = new RequestMetrics("outrigger", List.of("GET", "OTHER"));

    @Test
    void requestsAreCountedByRouteMethodAndCodeAndTimedByRoute() {
        RouteMeter quick = metrics.meter("/health/quick");
        quick.record(GET, 200, MILLIS / 4);
        quick.record(GET, 200, MILLIS);
        quick.record(GET, 503, 20_000 * MILLIS);
        metrics.meter("unmatched").record(OTHER, 404, MILLIS / 2);
        metrics.meter("/never/asked");
        assertThat(text()).isEqualTo("""
                # HELP outrigger_http_requests_total HTTP requests answered.
                # TYPE outrigger_http_requests_total counter
                outrigger_http_requests_total{route="/health/quick",method="GET",code="200"} 2
                outrigger_http_requests_total{route="/health/quick",method="GET",code="503"} 1
                outrigger_http_requests_total{route="unmatched",method="OTHER",code="404"} 1
                # HELP outrigger_http_request_duration_seconds Time from a request's head to the end of its answer.
                # TYPE outrigger_http_request_duration_seconds histogram
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.0005"} 1
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.001"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.0025"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.005"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.01"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.025"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.05"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.1"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.25"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="0.5"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="1.0"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="2.5"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="5.0"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="10.0"} 2
                outrigger_http_request_duration_seconds_bucket{route="/health/quick",le="+Inf"} 3
                outrigger_http_request_duration_seconds_count{route="/health/quick"} 3
                outrigger_http_request_duration_seconds_sum{route="/health/quick"} 20.00125
                """ + unmatched());
    }

    @Test
    void aRouteHasOneMeter() {
        assertThat(metrics.meter("/a")).isSameAs(metrics.meter("/a")).isNotSameAs(metrics.meter("/b"));
    }

    @Test
    void whatMakesNoSenseIsCountedAllTheSame() {
        metrics.meter("/a").record(GET, 0, -1);
        assertThat(text()).contains("{route=\"/a\",method=\"GET\",code=\"500\"} 1\n", "_sum{route=\"/a\"} 0\n");
    }

    @Test
    void recordingAllocatesNothingAfterTheFirstUse() {
        RouteMeter meter = metrics.meter("/a");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        recordMany(meter);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        recordMany(meter);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static void recordMany(RouteMeter meter) {
        for (int i = 0; i < 100_000; i++) {
            meter.record(GET, i % 2 == 0 ? 200 : 503, i);
        }
    }

    private String text() {
        return Rendered.text(metrics.collect().toArray(new MetricFamily[0]));
    }

    private static String unmatched() {
        StringBuilder lines = new StringBuilder();
        String name = "outrigger_http_request_duration_seconds";
        for (String bound : List.of(
                "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5",
                "5.0", "10.0", "+Inf")) {
            lines.append(name).append("_bucket{route=\"unmatched\",le=\"" + bound + "\"} 1\n");
        }
        lines.append(name).append("_count{route=\"unmatched\"} 1\n");
        return lines.append(name).append("_sum{route=\"unmatched\"} 0.0005\n").toString();
    }
}
