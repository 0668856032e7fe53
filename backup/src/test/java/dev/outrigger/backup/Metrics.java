package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.metrics.Collected;
import dev.outrigger.metrics.Exposition;
import dev.outrigger.metrics.ExpositionFormat;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.NameFilter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What a scraper sees of a node. */
final class Metrics {

    private Metrics() {}

    static List<String> of(TestNode node) {
        return of(node, ExpositionFormat.TEXT_0_0_4);
    }

    static List<String> of(TestNode node, ExpositionFormat format) {
        Collected collected =
                MetricsCollector.of("outrigger", node.sidecar.sources).collect();
        Exposition exposition = collected.render(format, NameFilter.everything());
        StringBuilder text = new StringBuilder();
        for (Optional<ByteBuffer> piece = exposition.next(); piece.isPresent(); piece = exposition.next()) {
            text.append(UTF_8.decode(piece.get()));
        }
        return text.toString().lines().toList();
    }
}
