package dev.outrigger.metrics;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/**
 * What stands before the values of a line's labels, encoded once for all lines that follow with the same names.
 *
 * <p>Names are the same when they are the same strings, which is what libraries hand out for one family. For one thread
 * at a time.
 */
final class LabelStarts {

    private String[] names = {};
    private byte[][] starts = {};

    /**
     * Returns what stands before each value: brace, name, equals sign and quote for the first, the quote of the value
     * before and a comma first for each further one. Not to be changed.
     *
     * @throws IllegalArgumentException if a name is not one, or stands twice
     */
    byte[][] of(List<String> labelNames) {
        if (!areSame(labelNames)) {
            encode(labelNames);
        }
        return starts;
    }

    @SuppressWarnings("ReferenceEquality") // Only a short cut: other strings are encoded again.
    private boolean areSame(List<String> labelNames) {
        if (labelNames.size() != names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i] != labelNames.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void encode(List<String> labelNames) {
        String[] newNames = labelNames.toArray(new String[0]);
        if (new HashSet<>(labelNames).size() != newNames.length) {
            // One such line makes Prometheus refuse the whole scrape.
            throw new IllegalArgumentException("label names: " + labelNames + " (expected: each name once)");
        }
        byte[][] newStarts = new byte[newNames.length][];
        for (int i = 0; i < newNames.length; i++) {
            String start = (i == 0 ? "{" : "\",") + LabelName.check(newNames[i]) + "=\"";
            newStarts[i] = start.getBytes(StandardCharsets.US_ASCII);
        }
        names = newNames;
        starts = newStarts;
    }
}
