package dev.outrigger.metrics;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * One metric: its name, what it means, and its samples.
 *
 * <p>The factories below check what they are given at once. What an own implementation returns is checked at each
 * scrape: a bad name loses the family, and is counted. Values are read while the scrape is rendered, not before.
 */
public interface MetricFamily {

    /** Returns the name, for counters and infos with or without {@code _total} and {@code _info}. */
    String name();

    /** Returns what kind of figures these are. */
    MetricType type();

    /** Returns what the figures mean, for people. */
    String help();

    /** Returns the base unit, in which the name then ends ({@code seconds}, {@code bytes}), or an empty string. */
    default String unit() {
        return "";
    }

    /** Returns a new cursor before the first sample. */
    SampleCursor samples();

    /**
     * Returns a family over samples that the host writes itself.
     *
     * @throws IllegalArgumentException if the name is not one
     */
    static MetricFamily of(MetricType type, String name, String help, Supplier<? extends SampleCursor> samples) {
        return new HostFamily(FamilyName.of(name, type), type, help, "", samples);
    }

    /**
     * Returns a family with one sample for each item of a list.
     *
     * @param type one whose samples are single values: gauge, counter, info or unknown
     * @param items called once a rendering; the list is read by index and may be the same each time
     * @param labels the labels of an item: best kept in the item, so that they are encoded once
     * @param value the value of an item
     * @throws IllegalArgumentException if the name is not one, or the type has samples of several lines
     */
    static <T> MetricFamily ofEach(
            MetricType type,
            String name,
            String help,
            Supplier<? extends List<T>> items,
            Function<? super T, Labels> labels,
            ToDoubleFunction<? super T> value) {
        if (!type.isSingleValue()) {
            throw new IllegalArgumentException("type: " + type + " (expected: GAUGE, COUNTER, INFO or UNKNOWN)");
        }
        return of(type, name, help, () -> new EachCursor<>(items.get(), labels, value));
    }

    /**
     * Returns a gauge of one sample, read at each scrape.
     *
     * @throws IllegalArgumentException if the name is not one
     */
    static MetricFamily gauge(String name, String help, DoubleSupplier value) {
        return of(
                MetricType.GAUGE,
                name,
                help,
                () -> SingleCursor.of(out -> out.value(Labels.none(), value.getAsDouble())));
    }

    /**
     * Returns a counter of one sample, read at each scrape.
     *
     * @param value what was counted since the process started; never less than before
     * @throws IllegalArgumentException if the name is not one
     */
    static MetricFamily counter(String name, String help, DoubleSupplier value) {
        return of(
                MetricType.COUNTER,
                name,
                help,
                () -> SingleCursor.of(out -> out.value(Labels.none(), value.getAsDouble())));
    }

    /**
     * Returns facts about the process that do not change.
     *
     * @throws IllegalArgumentException if the name is not one
     */
    static MetricFamily info(String name, String help, Labels facts) {
        return of(MetricType.INFO, name, help, () -> SingleCursor.of(out -> out.value(facts, 1)));
    }

    /**
     * Returns the same family with its unit declared, which OpenMetrics writes.
     *
     * @throws IllegalArgumentException if the name (before {@code _total}) does not end in the unit, or the type has
     *     none
     */
    default MetricFamily withUnit(String unit) {
        return HostFamily.of(this, unit);
    }
}
