package dev.outrigger.ops;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a scrape may wait for its collection.
 *
 * <p>Prometheus says with {@code X-Prometheus-Scrape-Timeout-Seconds} when it will give up. Half a second before that (or
 * at half of the time, if that is later) it is told so with 503, which it can report, where a timeout says nothing. Who
 * says nothing waits as if it had Prometheus' default of ten seconds.
 */
final class ScrapeTimeout {

    static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

    private static final double DEFAULT_SECONDS = 10;
    private static final double MIN_SECONDS = 0.01;
    private static final double MAX_SECONDS = 300;
    private static final double MARGIN_SECONDS = 0.5;
    private static final double NANOS = 1e9;

    private ScrapeTimeout() {}

    /** Reads the header's value; one that makes no sense is as good as none. */
    static Duration of(Optional<String> header) {
        double seconds = header.map(ScrapeTimeout::seconds).orElse(DEFAULT_SECONDS);
        double wait = Math.max(seconds - MARGIN_SECONDS, seconds / 2);
        return Duration.ofNanos((long) (wait * NANOS));
    }

    private static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text.strip());
            return seconds >= MIN_SECONDS ? Math.min(seconds, MAX_SECONDS) : DEFAULT_SECONDS;
        } catch (NumberFormatException e) {
            return DEFAULT_SECONDS;
        }
    }
}
