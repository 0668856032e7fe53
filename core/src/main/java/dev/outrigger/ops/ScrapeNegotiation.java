package dev.outrigger.ops;

import dev.outrigger.metrics.ExpositionFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scraper gets of what it can read: never a refusal, since every scraper reads the text format.
 *
 * <p>The most specific range that matches a format decides its weight (RFC 9110, section 12.5.1). OpenMetrics is taken
 * where its weight is higher, or equal and it was asked for by name.
 */
final class ScrapeNegotiation {

    private static final int NAMED = 3;

    private ScrapeNegotiation() {}

    /** Chooses the format by the header {@code Accept}, several fields of which are joined by commas. */
    static ExpositionFormat format(String accept) {
        List<Preference> ranges = Preference.parse(accept);
        Match openMetrics = Match.best(ranges, "application", "openmetrics-text", "1.0.0");
        Match text = Match.best(ranges, "text", "plain", "0.0.4");
        boolean named = openMetrics.specificity() == NAMED && openMetrics.weight() > 0;
        boolean preferred = openMetrics.weight() > text.weight() || (named && openMetrics.weight() == text.weight());
        return preferred ? ExpositionFormat.OPENMETRICS_1_0_0 : ExpositionFormat.TEXT_0_0_4;
    }

    /** Tells by the header {@code Accept-Encoding} whether the body is to be compressed. */
    static boolean takesGzip(String acceptEncoding) {
        List<Preference> codings = Preference.parse(acceptEncoding);
        double gzip = weightOf(codings, "gzip")
                .or(() -> weightOf(codings, "x-gzip"))
                .or(() -> weightOf(codings, "*"))
                .orElse(0.0);
        double identity = weightOf(codings, "identity").orElse(0.0);
        return gzip > 0 && gzip >= identity;
    }

    private static Optional<Double> weightOf(List<Preference> codings, String coding) {
        return codings.stream()
                .filter(preference -> preference.value().equals(coding))
                .map(Preference::weight)
                .findFirst();
    }

    /** How well a format is matched by the range that matches it most specifically. */
    private record Match(int specificity, double weight) {

        static Match best(List<Preference> ranges, String type, String subtype, String version) {
            Match best = new Match(0, 0);
            for (Preference range : ranges) {
                int specificity = specificity(range, type, subtype, version);
                boolean better = specificity > best.specificity
                        || (specificity == best.specificity && range.weight() > best.weight);
                if (specificity > 0 && better) {
                    best = new Match(specificity, range.weight());
                }
            }
            return best;
        }

        private static int specificity(Preference range, String type, String subtype, String version) {
            Map<String, String> parameters = range.parameters();
            if (range.value().equals(type + "/" + subtype)) {
                return parameters.getOrDefault("version", version).equals(version) ? NAMED : 0;
            }
            if (range.value().equals(type + "/*")) {
                return 2;
            }
            return range.value().equals("*/*") ? 1 : 0;
        }
    }
}
