package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels of one series, already in the form in which both formats write them.
 *
 * <p>Immutable. A host that keeps the labels of a series from one scrape to the next pays for their escaping once.
 */
public final class Labels {

    private static final Labels NONE = new Labels(List.of(), new byte[0]);

    private final List<String> names;
    private final byte[] encoded;

    private Labels(List<String> names, byte[] encoded) {
        this.names = names;
        this.encoded = encoded;
    }

    /** Returns the labels of a series that has none. */
    public static Labels none() {
        return NONE;
    }

    /** Returns one label. */
    public static Labels of(String name, String value) {
        return of(List.of(name), List.of(value));
    }

    /** Returns two labels. */
    public static Labels of(String name1, String value1, String name2, String value2) {
        return of(List.of(name1, name2), List.of(value1, value2));
    }

    /** Returns three labels. */
    public static Labels of(String name1, String value1, String name2, String value2, String name3, String value3) {
        return of(List.of(name1, name2, name3), List.of(value1, value2, value3));
    }

    /**
     * Returns labels in the order given.
     *
     * @param names the names, none twice
     * @param values as many values; any text, of which a lone surrogate is written as the replacement character
     * @throws IllegalArgumentException if a name is not one, stands twice, or the sizes differ
     */
    public static Labels of(List<String> names, List<String> values) {
        if (names.size() != values.size()) {
            throw new IllegalArgumentException("label values: " + values.size() + " (expected: " + names.size() + ")");
        }
        Set<String> seen = new HashSet<>();
        Utf8Buffer out = new Utf8Buffer(64);
        for (int i = 0; i < names.size(); i++) {
            String name = requireNonNull(names.get(i), "name");
            if (!seen.add(name)) {
                throw new IllegalArgumentException("label name: '" + name + "' (expected: each name once)");
            }
            out.label(name, requireNonNull(values.get(i), "value"), i == 0);
        }
        return names.isEmpty() ? NONE : new Labels(List.copyOf(names), out.toByteArray());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean has(String name) {
        return !names.isEmpty() && names.contains(name);
    }

    /** Returns {@code a="1",b="2"} in UTF-8, without braces. Not to be changed. */
    byte[] encoded() {
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && Arrays.equals(encoded, labels.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** Returns the labels in braces, as an exposition has them. */
    @Override
    public String toString() {
        return "{" + new String(encoded, StandardCharsets.UTF_8) + "}";
    }
}
