package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import dev.outrigger.metrics.ScrapeErrors.Failure;
import dev.outrigger.metrics.ScrapeErrors.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects several sources as one, so that none of them can spoil the others.
 *
 * <p>A source that throws or returns {@code null} loses its families; a family with a bad name, or with a name that an
 * earlier one already uses for itself or a sample, is lost alone. Each is counted in {@code …_scrape_errors_total}, which
 * is the first family of every scrape, and logged when it begins and when it ends.
 *
 * <p>Safe for any thread; who calls sees to it that sources are not called by two threads at once.
 */
public final class MetricsCollector {

    private final List<NamedSource> sources;
    private final ScrapeErrors errors;
    private final MetricFamily errorFamily;

    private MetricsCollector(String prefix, List<NamedSource> sources) {
        this.sources = sources;
        this.errors = new ScrapeErrors(sources.stream().map(NamedSource::name).toList());
        this.errorFamily = errors.family(prefix + "_scrape_errors_total");
    }

    /**
     * Returns a collector over sources, in this order.
     *
     * @param prefix what the names of the sidecar's own families begin with
     * @throws IllegalArgumentException if the prefix does not begin a metric name
     */
    public static MetricsCollector of(String prefix, List<? extends MetricsSource> sources) {
        List<NamedSource> named = new ArrayList<>();
        for (MetricsSource source : sources) {
            named.add(new NamedSource(requireNonNull(source.name(), "name"), source));
        }
        return new MetricsCollector(prefix, List.copyOf(named));
    }

    /** Asks each source once. Never throws for what a source does. */
    public Collected collect() {
        Collection collection = new Collection();
        collection.add("", errorFamily);
        for (NamedSource source : sources) {
            collection.addAll(source);
        }
        return new Collected(collection.families, errors);
    }

    /** One collection under way. */
    private final class Collection {

        private final List<CollectedFamily> families = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        void addAll(NamedSource source) {
            Failure failure = new Failure(Stage.COLLECT, source.name(), "");
            try {
                for (MetricFamily family : source.collect()) {
                    add(source.name(), family);
                }
                errors.passed(failure);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                errors.failed(failure, e);
            } catch (
                    Throwable
                            e) { // A host's code, and any error of it (a class not found, say) is that source's alone.
                errors.failed(failure, e);
            }
        }

        private void add(String source, MetricFamily family) {
            try {
                if (family instanceof LostFamily lost) {
                    errors.failed(new Failure(Stage.FAMILY, source, lost.name()), lost.cause());
                    return;
                }
                FamilyHead head = FamilyHead.of(family);
                reserve(head);
                families.add(new CollectedFamily(source, head, family));
            } catch (RuntimeException e) {
                errors.failed(new Failure(Stage.FAMILY, source, subject(e)), e);
            }
        }

        /** Takes all names that the family may write, or none. */
        private void reserve(FamilyHead head) {
            FamilyName name = head.name();
            boolean free = !names.contains(name.base());
            for (SampleSuffix suffix : head.type().suffixes()) {
                free &= suffix == SampleSuffix.NONE || !names.contains(name.with(suffix));
            }
            if (!free) {
                throw new IllegalArgumentException("metric name: '" + name.base() + "' (expected: not used before)");
            }
            names.add(name.base());
            head.type().suffixes().forEach(suffix -> names.add(name.with(suffix)));
        }

        /** Tells families apart in the log by what is wrong with them: a family without a name has no other. */
        private String subject(RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
