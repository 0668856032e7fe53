package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts and times the requests that a server answers: {@code …_http_requests_total} by route, method and code, and
 * {@code …_http_request_duration_seconds}, a histogram by route.
 *
 * <p>Made for an event loop: one thread records, without a lock, and without an object but for the first use of a
 * combination; any thread reads, and sees each figure whole and no more than a moment old.
 */
public final class RequestMetrics implements MetricsSource {

    private static final BucketBounds SECONDS =
            BucketBounds.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    private final List<String> methods;
    /** Read by anybody; added to under its own lock, so that no route is there twice. */
    private final List<RouteMeter> meters = new CopyOnWriteArrayList<>();

    private final List<MetricFamily> families;

    /**
     * Creates metrics without any route.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     * @param methods the labels of the methods, by whose index in this list they are recorded
     * @throws IllegalArgumentException if the prefix does not begin a metric name
     */
    public RequestMetrics(String prefix, List<String> methods) {
        this.methods = List.copyOf(methods);
        this.families = List.of(
                MetricFamily.of(
                        MetricType.COUNTER,
                        prefix + "_http_requests_total",
                        "HTTP requests answered.",
                        () -> new RequestCursor(meters)),
                MetricFamily.of(
                                MetricType.HISTOGRAM,
                                prefix + "_http_request_duration_seconds",
                                "Time from a request's head to the end of its answer.",
                                () -> new DurationCursor(meters))
                        .withUnit("seconds"));
    }

    /**
     * Returns the meter of a route, which is to be kept: this looks for it.
     *
     * @param route the route's template, such as {@code /health/checks/{name}}, or {@code unmatched}
     */
    public RouteMeter meter(String route) {
        requireNonNull(route, "route");
        synchronized (meters) {
            for (RouteMeter meter : meters) {
                if (meter.route().equals(route)) {
                    return meter;
                }
            }
            RouteMeter meter = new RouteMeter(route, methods, SECONDS);
            meters.add(meter);
            return meter;
        }
    }

    /**
     * Tells how many requests were answered.
     *
     * @param route as given to {@link #meter}; one without a meter has answered none
     * @param wanted the labels of the methods that count
     */
    public long answered(String route, Set<String> wanted) {
        for (RouteMeter meter : meters) {
            if (meter.route().equals(route)) {
                return meter.answered(method -> wanted.contains(methods.get(method)));
            }
        }
        return 0;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<MetricFamily> collect() {
        return families;
    }
}
