package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionTest {

    @ParameterizedTest
    @EnumSource
    void piecesOfAnySizeAddUpToTheSameBytes(ExpositionFormat format) {
        Collected collected = MetricsCollector.of("x", List.of(MetricsSource.of("all", List.of(AllTypes.families()))))
                .collect();
        byte[] whole = Rendered.drain(collected.render(format, NameFilter.everything()));
        for (int pieceBytes : new int[] {1, 2, 7, 64, 300, 1 << 20}) {
            assertThat(Rendered.drain(collected.render(format, NameFilter.everything(), pieceBytes)))
                    .isEqualTo(whole);
        }
    }

    @Test
    void aPieceIsBoundedHoweverManySeriesThereAre() {
        Exposition exposition = many(100_000).render(ExpositionFormat.TEXT_0_0_4, NameFilter.everything());
        int pieces = 0;
        for (Optional<ByteBuffer> piece = exposition.next(); piece.isPresent(); piece = exposition.next()) {
            assertThat(piece.get().remaining()).isLessThan(36 * 1024);
            pieces++;
        }
        assertThat(pieces).isGreaterThan(50);
        assertThat(exposition.isEnded()).isTrue();
        assertThat(exposition.next()).isEmpty();
    }

    @Test
    void aPausedRenderingReadsItsValuesWhenItGoesOn() {
        double[] value = {1};
        MetricFamily first = MetricFamily.gauge("first", "First.", () -> value[0]);
        MetricFamily second = MetricFamily.gauge("second", "Second.", () -> value[0]);
        Collected collected = MetricsCollector.of("x", List.of(MetricsSource.of("s", List.of(first, second))))
                .collect();
        Exposition exposition =
                collected.render(ExpositionFormat.TEXT_0_0_4, NameFilter.of(List.of("first", "second")), 1);
        assertThat(text(exposition.next())).endsWith("first 1\n");
        value[0] = 2;
        assertThat(text(exposition.next())).endsWith("second 2\n");
    }

    private static Collected many(int series) {
        List<Labels> labels = IntStream.range(0, series)
                .mapToObj(i -> Labels.of("series", "s" + i))
                .toList();
        MetricFamily family =
                MetricFamily.ofEach(MetricType.GAUGE, "many", "Many.", () -> labels, each -> each, Labels::hashCode);
        return MetricsCollector.of("x", List.of(MetricsSource.of("many", List.of(family))))
                .collect();
    }

    private static String text(Optional<ByteBuffer> piece) {
        return StandardCharsets.UTF_8.decode(piece.orElseThrow()).toString();
    }
}
