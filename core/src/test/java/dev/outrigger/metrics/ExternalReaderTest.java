package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written, read by programs that others wrote. */
class ExternalReaderTest {

    private static final String STRICT = """
            import sys, io
            from prometheus_client.openmetrics.parser import text_fd_to_metric_families
            text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='\\n')
            print(sum(len(f.samples) for f in text_fd_to_metric_families(text)))
            """;

    private static final String LABELS = """
            import sys, io, base64
            %s
            text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='\\n')
            for f in text_fd_to_metric_families(text):
                for s in f.samples:
                    if f.name == 'texts':
                        print(base64.b64encode(s.labels['text'].encode('utf-8')).decode())
            """;

    private static final List<String> TEXTS = List.of(
            "plain",
            "",
            "quote \\" + '"' + " end",
            "\"",
            "\\",
            "\\n",
            "line\nfeed",
            "\\\n\"",
            "carriage\rreturn\ttab",
            "braces } { = , #",
            "é ß € 漢字 😀 \u0000 \uFFFF",
            " # {a=\"b\"} 1");

    @Test
    void theStrictParserReadsEveryType() throws Exception {
        assertThat(ExternalReader.python(STRICT, whole(ExpositionFormat.OPENMETRICS_1_0_0, AllTypes.families())))
                .isEqualTo("27\n");
    }

    @Test
    void promtoolHasNothingToSay() throws Exception {
        MetricFamily[] linted = Stream.of(AllTypes.families())
                // The linter takes the sum of a gauge histogram, a gauge in this format, for one of a histogram.
                .filter(family -> family.type() != MetricType.GAUGE_HISTOGRAM)
                .toArray(MetricFamily[]::new);
        assertThat(ExternalReader.promtool(whole(ExpositionFormat.TEXT_0_0_4, linted)))
                .isEmpty();
    }

    @Test
    void aLabelValueComesBackEqualFromOpenMetrics() throws Exception {
        String script = LABELS.formatted("from prometheus_client.openmetrics.parser import text_fd_to_metric_families");
        assertThat(ExternalReader.python(script, whole(ExpositionFormat.OPENMETRICS_1_0_0, texts())))
                .isEqualTo(expected());
    }

    @Test
    void aLabelValueComesBackEqualFromTheTextFormat() throws Exception {
        String script = LABELS.formatted("from prometheus_client.parser import text_fd_to_metric_families");
        assertThat(ExternalReader.python(script, whole(ExpositionFormat.TEXT_0_0_4, texts())))
                .isEqualTo(expected());
    }

    private static MetricFamily texts() {
        return MetricFamily.ofEach(
                MetricType.GAUGE, "texts", "Texts.", () -> TEXTS, text -> Labels.of("text", text), text -> 1);
    }

    private static String expected() {
        return TEXTS.stream()
                .map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] whole(ExpositionFormat format, MetricFamily... families) {
        Collected collected = MetricsCollector.of("x", List.of(MetricsSource.of("s", List.of(families))))
                .collect();
        return Rendered.drain(collected.render(format, NameFilter.everything()));
    }
}
