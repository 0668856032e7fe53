package dev.outrigger.example.kv.observe;

import dev.outrigger.example.kv.resp.RequestObserver;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/**
 * Counts and times the requests: {@code kv_requests_total{operation}} and {@code kv_request_duration_ms}.
 *
 * <p>Operations are the names of known commands and {@code unknown}, so clients cannot make new series. Safe for use by many
 * threads.
 */
public final class RequestMetrics implements RequestObserver {

    private static final double[] BUCKETS_MS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 5000};
    private static final double NANOS_PER_MS = 1e6;

    private final Counter requests;
    private final Histogram durations;

    /** Registers the families. */
    public RequestMetrics(CollectorRegistry registry) {
        requests = Counter.build("kv_requests_total", "Requests answered.")
                .labelNames("operation")
                .register(registry);
        durations = Histogram.build("kv_request_duration_ms", "Time from a request's arrival to its reply, in ms.")
                .labelNames("operation")
                .buckets(BUCKETS_MS)
                .register(registry);
    }

    @Override
    public void answered(String operation, long nanos) {
        requests.labels(operation).inc();
        durations.labels(operation).observe(nanos / NANOS_PER_MS);
    }
}
