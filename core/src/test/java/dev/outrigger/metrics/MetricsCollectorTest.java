package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsCollectorTest {

    private static final MetricFamily GOOD = MetricFamily.gauge("good", "Good.", () -> 1);

    @Test
    void aSourceThatThrowsLosesOnlyItsOwnFamilies() {
        MetricsSource bad = MetricsSource.named("bad", () -> {
            throw new IllegalStateException("no");
        });
        assertThat(text(bad, source("fine", GOOD)))
                .contains("\ngood 1\n")
                .contains(errors("bad", 1))
                .contains(errors("fine", 0));
    }

    @Test
    void anErrorIsNoWorseThanAnException() {
        MetricsSource bad = MetricsSource.named("bad", () -> {
            throw new NoClassDefFoundError("Gone");
        });
        assertThat(text(bad, source("fine", GOOD))).contains("\ngood 1\n").contains(errors("bad", 1));
    }

    @Test
    void aSourceThatReturnsNullOrNullsIsCounted() {
        @SuppressWarnings("NullAway")
        MetricsSource bad = MetricsSource.named("bad", () -> null);
        MetricsSource holes = MetricsSource.named("holes", () -> Arrays.asList(null, GOOD));
        assertThat(text(bad, holes))
                .contains("\ngood 1\n")
                .contains(errors("bad", 1))
                .contains(errors("holes", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a-b", "é", "a\nb 1"})
    void aBadNameLosesTheFamilyOnly(String name) {
        MetricFamily bad = new BareFamily(name, "Bad.");
        assertThat(text(source("s", bad, GOOD)))
                .contains("\ngood 1\n")
                .doesNotContain("Bad.")
                .contains(errors("s", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a b", "a-b", "é"})
    void aFactoryRefusesABadNameAtOnce(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricFamily.gauge(name, "Bad.", () -> 1))
                .withMessageStartingWith("metric name: '" + name + "'");
    }

    @Test
    void ofTwoFamiliesOfOneNameTheFirstWins() {
        MetricFamily second = MetricFamily.gauge("good", "Second.", () -> 2);
        assertThat(text(source("a", GOOD), source("b", second)))
                .contains("\ngood 1\n")
                .doesNotContain("Second.")
                .contains(errors("a", 0))
                .contains(errors("b", 1));
    }

    @Test
    void aFamilyMayNotTakeTheNameOfAnothersSample() {
        MetricFamily counter = MetricFamily.counter("requests", "Requests.", () -> 1);
        MetricFamily clash = MetricFamily.gauge("requests_total", "Clash.", () -> 2);
        assertThat(text(source("s", counter, clash))).doesNotContain("Clash.").contains(errors("s", 1));
        assertThat(text(source("s", clash, counter)))
                .doesNotContain("Requests.")
                .contains(errors("s", 1));
    }

    @Test
    void aValueThatThrowsLeavesNoTrace() {
        MetricFamily bad = MetricFamily.gauge("bad", "Bad.", () -> {
            throw new IllegalStateException("no");
        });
        Collected collected =
                MetricsCollector.of("x", List.of(source("s", bad, GOOD))).collect();
        assertThat(Rendered.whole(collected, ExpositionFormat.TEXT_0_0_4))
                .contains("good 1\n")
                .doesNotContain("Bad.");
        assertThat(Rendered.whole(collected, ExpositionFormat.TEXT_0_0_4)).contains(errors("s", 1));
    }

    @Test
    void aCursorThatThrowsKeepsItsWholeSamples() {
        List<Optional<Integer>> values = List.of(Optional.of(1), Optional.of(2), Optional.empty(), Optional.of(4));
        MetricFamily family = MetricFamily.ofEach(
                MetricType.GAUGE,
                "some",
                "Some.",
                () -> values,
                value -> Labels.of("v", value.map(String::valueOf).orElse("none")),
                value -> value.orElseThrow());
        assertThat(text(source("s", family, GOOD))).contains("some{v=\"1\"} 1\nsome{v=\"2\"} 2\n# HELP good Good.");
    }

    @Test
    void aSampleOfTheWrongKindEndsItsFamily() {
        MetricFamily family = MetricFamily.of(
                MetricType.HISTOGRAM, "h", "H.", () -> SingleCursor.of(out -> out.value(Labels.none(), 1)));
        assertThat(text(source("s", family, GOOD))).doesNotContain("H.").contains("good 1\n");
    }

    @Test
    void aLabelThatTheTypeNeedsForItselfEndsTheFamily() {
        MetricFamily histogram = MetricFamily.of(
                MetricType.HISTOGRAM,
                "h",
                "H.",
                () -> SingleCursor.of(out -> out.histogram(Labels.of("le", "1"), BucketBounds.of(1), new long[2], 0)));
        MetricFamily summary = MetricFamily.of(
                MetricType.SUMMARY,
                "s",
                "S.",
                () -> SingleCursor.of(out -> out.quantile(Labels.of("quantile", "1"), 0.5, 1)));
        MetricFamily states = MetricFamily.of(
                MetricType.STATE_SET,
                "mode",
                "M.",
                () -> SingleCursor.of(out -> out.state(Labels.of("mode", "x"), "on", true)));
        assertThat(Rendered.text(histogram, summary, states)).isEmpty();
    }

    @Test
    void whatAStrictReaderRefusesIsLeftOutOfOpenMetrics() {
        MetricFamily negative = MetricFamily.counter("negative", "Negative.", () -> -1);
        MetricFamily nan = MetricFamily.counter("nan", "Nan.", () -> Double.NaN);
        MetricFamily histogram = MetricFamily.of(
                MetricType.HISTOGRAM,
                "cold",
                "Cold.",
                () -> SingleCursor.of(out -> out.histogram(Labels.none(), BucketBounds.of(0), new long[] {1, 0}, -1)));
        assertThat(Rendered.openMetrics(negative, nan, histogram)).isEqualTo("""
                # TYPE cold histogram
                # HELP cold Cold.
                cold_bucket{le="0.0"} 1
                cold_bucket{le="+Inf"} 1
                # EOF
                """);
        assertThat(Rendered.text(negative, nan, histogram))
                .contains("negative_total -1", "nan_total NaN", "cold_sum -1");
    }

    @Test
    void aSourceWithoutANameOfItsOwnHasAStableOne() {
        MetricsSource lambda = List::of;
        assertThat(lambda.name()).isEqualTo("source");
    }

    private static MetricsSource source(String name, MetricFamily... families) {
        return MetricsSource.of(name, List.of(families));
    }

    private static String text(MetricsSource... sources) {
        return Rendered.whole(MetricsCollector.of("x", List.of(sources)).collect(), ExpositionFormat.TEXT_0_0_4);
    }

    private static String errors(String source, int count) {
        return "x_scrape_errors_total{source=\"" + source + "\"} " + count + "\n";
    }

    /** A family whose author checks nothing. */
    private record BareFamily(String name, String help) implements MetricFamily {

        @Override
        public MetricType type() {
            return MetricType.GAUGE;
        }

        @Override
        public SampleCursor samples() {
            return SingleCursor.of(out -> out.value(Labels.none(), 1));
        }
    }
}
