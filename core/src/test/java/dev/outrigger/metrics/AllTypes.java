package dev.outrigger.metrics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One family of each type, with what each can carry. */
final class AllTypes {

    static final BucketBounds BOUNDS = BucketBounds.of(0.005, 1, 2_500_000);

    private AllTypes() {}

    static MetricFamily[] families() {
        return new MetricFamily[] {
            MetricFamily.gauge("open_slots", "Slots that are open.\nBackslash \\ and \"quotes\".", () -> 16),
            requests(),
            MetricFamily.info("build_info", "The build.", Labels.of("version", "1.0")),
            MetricFamily.of(
                    MetricType.UNKNOWN,
                    "odd",
                    "Nobody knows.",
                    () -> SingleCursor.of(out -> out.value(Labels.none(), Double.NaN))),
            MetricFamily.of(
                    MetricType.STATE_SET,
                    "mode",
                    "The mode.",
                    () -> SingleCursor.of(out -> {
                        out.state(Labels.of("node", "n1"), "on", true);
                        out.state(Labels.of("node", "n1"), "off", false);
                    })),
            latency(),
            MetricFamily.of(
                    MetricType.GAUGE_HISTOGRAM,
                    "queue_age_seconds",
                    "Ages.",
                    () -> SingleCursor.of(out -> {
                        out.sample(SampleSuffix.BUCKET, List.of("le"), List.of("+Inf"), 2);
                        out.sample(SampleSuffix.GCOUNT, List.of(), List.of(), 2);
                        out.sample(SampleSuffix.GSUM, List.of(), List.of(), 7.5);
                    })),
            MetricFamily.of(
                            MetricType.SUMMARY,
                            "size_bytes",
                            "Sizes.",
                            () -> SingleCursor.of(out -> {
                                out.quantile(Labels.of("t", "x"), 0.5, 10);
                                out.quantile(Labels.of("t", "x"), 1, 20);
                                out.summary(Labels.of("t", "x"), 3, 40);
                            }))
                    .withUnit("bytes")
        };
    }

    private static MetricFamily requests() {
        Exemplar exemplar = new Exemplar(List.of("trace_id"), List.of("abc"), 1, OptionalLong.of(1_700_000_000_042L));
        SampleExtras extras = new SampleExtras(OptionalLong.empty(), Optional.of(exemplar));
        return MetricFamily.of(
                MetricType.COUNTER,
                "requests_total",
                "Requests.",
                () -> SingleCursor.of(out -> {
                    out.sample(SampleSuffix.TOTAL, List.of("op"), List.of("get"), 3, extras);
                    out.sample(SampleSuffix.CREATED, List.of("op"), List.of("get"), 1_700_000_000.5);
                }));
    }

    private static MetricFamily latency() {
        return MetricFamily.of(
                        MetricType.HISTOGRAM,
                        "latency_seconds",
                        "Latency.",
                        () -> SingleCursor.of(out -> {
                            out.histogram(Labels.none(), BOUNDS, new long[] {1, 2, 0, 1}, 3_000_001.25);
                            out.histogram(Labels.of("op", "get"), BOUNDS, new long[4], 0);
                        }))
                .withUnit("seconds");
    }
}
