package dev.outrigger.ops;

import dev.outrigger.metrics.ExpositionFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a scraper gets of what it can read: never a refusal, since every scraper reads the text format.
 *
 * <p>OpenMetrics is taken where its {@linkplain MediaMatch#isPreferredTo weight} is higher, or equal and it was asked for by name.
 */
final class ScrapeNegotiation {

    private ScrapeNegotiation() {}

    /** Chooses the format by the header {@code Accept}, several fields of which are joined by commas. */
    static ExpositionFormat format(String accept) {
        List<Preference> ranges = Preference.parse(accept);
        MediaMatch openMetrics = MediaMatch.ofVersion(ranges, "application/openmetrics-text", "1.0.0");
        MediaMatch text = MediaMatch.ofVersion(ranges, "text/plain", "0.0.4");
        return openMetrics.isPreferredTo(text) ? ExpositionFormat.OPENMETRICS_1_0_0 : ExpositionFormat.TEXT_0_0_4;
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
}
