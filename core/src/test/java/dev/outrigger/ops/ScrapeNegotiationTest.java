package dev.outrigger.ops;

import static dev.outrigger.metrics.ExpositionFormat.OPENMETRICS_1_0_0;
import static dev.outrigger.metrics.ExpositionFormat.TEXT_0_0_4;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeNegotiationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0",
                "Application/OpenMetrics-Text; version=\"1.0.0\"; charset=utf-8",
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/openmetrics-text, text/plain",
                "application/openmetrics-text, */*",
                "application/*",
                "text/plain;q=0, */*;q=0.1"
            })
    void openMetricsIsWrittenWhereItIsPreferred(String accept) {
        assertThat(ScrapeNegotiation.format(accept)).isEqualTo(OPENMETRICS_1_0_0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "text/*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "image/png",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=0, */*",
                "application/openmetrics-text;q=0.4, text/plain;q=0.5",
                "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "application/openmetrics-text;q=banana",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,*/*;q=0.1"
            })
    void textIsWrittenOtherwise(String accept) {
        assertThat(ScrapeNegotiation.format(accept)).isEqualTo(TEXT_0_0_4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | false",
                "gzip | true",
                "GZip | true",
                "x-gzip | true",
                "gzip;q=0 | false",
                "gzip;q=0.000 | false",
                "gzip;q=0.001 | true",
                "deflate, gzip;q=1.0, *;q=0.5 | true",
                "* | true",
                "*;q=0 | false",
                "gzip;q=0, * | false",
                "gzip;q=0.5, identity;q=1 | false",
                "gzip;q=0.5, identity;q=0.5 | true",
                "identity | false",
                "br | false",
                "notgzip | false"
            })
    void compressionFollowsItsWeight(String acceptEncoding, boolean expected) {
        assertThat(ScrapeNegotiation.takesGzip(acceptEncoding)).isEqualTo(expected);
    }
}
