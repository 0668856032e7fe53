package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names a file within a shard, and leads nowhere else: relative, with {@code /} between names, each of 1 to 255 bytes and none of them a
 * dot or two; no backslash and no control character; at most 4,096 bytes in all. Ordered by its bytes.
 *
 * @param value as it stands in the archive
 */
record EntryName(String value) implements Comparable<EntryName> {

    private static final int MAX_BYTES = 4096;
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final int MAX_SHOWN = 120;

    /**
     * @throws IllegalArgumentException if it is anything else
     */
    EntryName {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException("path: " + shown(value) + " (expected: " + fault + ")");
        }
    }

    /** What is expected of a name that does not meet it, or an empty text. */
    private static String fault(String value) {
        if (!UTF_8.newEncoder().canEncode(value)) {
            return "well-formed characters";
        }
        if (value.getBytes(UTF_8).length > MAX_BYTES) {
            return "<= " + MAX_BYTES + " bytes";
        }
        if (value.startsWith("/")) {
            return "a relative path";
        }
        if (value.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            return "no backslash, no control character";
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "names with / between them, none of them '.' or '..'";
            }
            if (segment.getBytes(UTF_8).length > MAX_SEGMENT_BYTES) {
                return "names of <= " + MAX_SEGMENT_BYTES + " bytes";
            }
        }
        return "";
    }

    /** A text from outside, fit for a message: in quotes, without control characters, and not too long. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(MAX_SHOWN).map(EntryName::harmless).forEach(shown::appendCodePoint);
        return shown.append(text.length() > MAX_SHOWN ? "…'" : "'").toString();
    }

    private static int harmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> c;
        };
    }

    /** The directories that lead to the file, the outermost first. */
    List<String> parents() {
        List<String> parents = new ArrayList<>();
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', slash + 1)) {
            parents.add(value.substring(0, slash));
        }
        return parents;
    }

    /** The form in which a file system may take two names for one: without case, and with accents on their letters. */
    static String folded(String name) {
        String caseless = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(caseless, Normalizer.Form.NFC);
    }

    @Override
    public int compareTo(EntryName other) {
        return Arrays.compareUnsigned(value.getBytes(UTF_8), other.value.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return shown(value);
    }
}
