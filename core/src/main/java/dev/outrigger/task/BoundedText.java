package dev.outrigger.task;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Holds texts to their bounds. */
final class BoundedText {

    private BoundedText() {}

    /** Refuses a text that is longer as UTF-8. */
    static String require(String name, String text, int maxBytes) {
        // A char is at least one byte, so that what is far too long is not encoded first.
        int bytes = text.length() > maxBytes ? text.length() : text.getBytes(UTF_8).length;
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(
                    name + ": " + bytes + " bytes or more (expected: at most " + maxBytes + ")");
        }
        return text;
    }

    /** Cuts a text that is longer. */
    static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars - 1) + "…";
    }
}
