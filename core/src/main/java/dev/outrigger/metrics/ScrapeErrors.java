package dev.outrigger.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what sources do wrong, and says so once for each thing that goes wrong, not once a scrape.
 *
 * <p>Safe for any thread.
 */
final class ScrapeErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ScrapeErrors.class);

    /** A source may invent a new bad name each time; what is remembered about it is bounded. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, SourceErrors> sources;
    private final Set<Failure> failing = ConcurrentHashMap.newKeySet();

    ScrapeErrors(List<String> sourceNames) {
        this.sources = new LinkedHashMap<>();
        for (String name : sourceNames) {
            sources.computeIfAbsent(name, SourceErrors::new);
        }
    }

    /** Returns the family that shows the counts. */
    MetricFamily family(String name) {
        List<SourceErrors> all = new ArrayList<>(sources.values());
        return MetricFamily.ofEach(
                MetricType.COUNTER,
                name,
                "Failures of a metrics source: collections, families or samples that were lost.",
                () -> all,
                SourceErrors::labels,
                errors -> errors.count().sum());
    }

    /** Counts a failure, and logs it if it was not there before. */
    void failed(Failure failure, Throwable cause) {
        SourceErrors errors = sources.get(failure.source());
        if (errors != null) {
            errors.count().increment();
        }
        if (failing.size() < MAX_REMEMBERED && failing.add(failure)) {
            LOG.atWarn()
                    .addKeyValue("source", failure.source())
                    .addKeyValue("subject", failure.subject())
                    .setCause(cause)
                    .log(failure.stage().message());
        }
    }

    /** Notes that something is well, and logs it if it was not before. */
    void passed(Failure failure) {
        if (!failing.isEmpty() && failing.remove(failure)) {
            LOG.atInfo()
                    .addKeyValue("source", failure.source())
                    .addKeyValue("subject", failure.subject())
                    .log("metrics source recovered");
        }
    }

    /** Where a source failed. */
    enum Stage {
        COLLECT("metrics source failed: its families are missing from the scrape"),
        FAMILY("metric family lost"),
        RENDER("metric family cut short");

        private final String message;

        Stage(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }

    /**
     * What failed.
     *
     * @param subject the family, or an empty string for the whole source
     */
    record Failure(Stage stage, String source, String subject) {}

    /** The errors of one source. */
    private record SourceErrors(Labels labels, LongAdder count) {

        SourceErrors(String source) {
            this(Labels.of("source", source), new LongAdder());
        }
    }
}
