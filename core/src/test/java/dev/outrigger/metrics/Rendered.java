package dev.outrigger.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Renders families to text, as a scraper would have read it. */
final class Rendered {

    private Rendered() {}

    static String text(MetricFamily... families) {
        return withoutErrors(ExpositionFormat.TEXT_0_0_4, families);
    }

    static String openMetrics(MetricFamily... families) {
        return withoutErrors(ExpositionFormat.OPENMETRICS_1_0_0, families);
    }

    static String whole(Collected collected, ExpositionFormat format, NameFilter filter) {
        return new String(drain(collected.render(format, filter)), StandardCharsets.UTF_8);
    }

    static String whole(Collected collected, ExpositionFormat format) {
        return whole(collected, format, NameFilter.everything());
    }

    static byte[] drain(Exposition exposition) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Optional<ByteBuffer> piece = exposition.next(); piece.isPresent(); piece = exposition.next()) {
            byte[] bytes = new byte[piece.get().remaining()];
            piece.get().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    /** Leaves out the family that counts errors, which is always first and in nobody's way elsewhere. */
    private static String withoutErrors(ExpositionFormat format, MetricFamily... families) {
        MetricsSource source = MetricsSource.of("test", List.of(families));
        String all = whole(MetricsCollector.of("x", List.of(source)).collect(), format);
        int samples = all.indexOf("\nx_scrape_errors_total");
        return all.substring(all.indexOf('\n', samples + 1) + 1);
    }
}
