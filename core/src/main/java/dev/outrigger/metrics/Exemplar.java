package dev.outrigger.metrics;

import java.util.List;
import java.util.OptionalLong;

/**
 * One observation that stands for those of its bucket or counter, mostly with the id of its trace. Written in
 * OpenMetrics only.
 *
 * @param labelNames the names of its labels
 * @param labelValues as many values; names and values together at most 128 characters, else it is left out
 * @param value the observation
 * @param timestampMillis when it was made, in milliseconds since the epoch
 */
public record Exemplar(List<String> labelNames, List<String> labelValues, double value, OptionalLong timestampMillis) {

    private static final int MAX_LABEL_CHARACTERS = 128;

    /** Copies the lists and checks that they are as long as each other. */
    public Exemplar {
        labelNames = List.copyOf(labelNames);
        labelValues = List.copyOf(labelValues);
        if (labelNames.size() != labelValues.size()) {
            throw new IllegalArgumentException(
                    "exemplar values: " + labelValues.size() + " (expected: " + labelNames.size() + ")");
        }
    }

    /** Tells whether a strict parser takes it: names are names, and the whole is short enough. */
    boolean isWritable() {
        int characters = 0;
        for (int i = 0; i < labelNames.size(); i++) {
            if (!LabelName.isValid(labelNames.get(i))) {
                return false;
            }
            characters += length(labelNames.get(i)) + length(labelValues.get(i));
        }
        return characters <= MAX_LABEL_CHARACTERS;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
