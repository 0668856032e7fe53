package dev.outrigger.metrics;

/**
 * The formats in which Prometheus reads metrics.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public enum ExpositionFormat {
    /** The text format 0.0.4, which every scraper reads. */
    TEXT_0_0_4("text/plain; version=0.0.4; charset=utf-8") {
        @Override
        ExpositionWriter writer(Utf8Buffer out) {
            return new TextWriter(out);
        }
    },
    /** OpenMetrics 1.0.0, which also carries units and exemplars. */
    OPENMETRICS_1_0_0("application/openmetrics-text; version=1.0.0; charset=utf-8") {
        @Override
        ExpositionWriter writer(Utf8Buffer out) {
            return new OpenMetricsWriter(out);
        }
    };

    private final String contentType;

    ExpositionFormat(String contentType) {
        this.contentType = contentType;
    }

    /** Returns the value of the header {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    abstract ExpositionWriter writer(Utf8Buffer out);
}
