package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
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
    private static final int MAX_CHARACTER_BYTES = 3; // of a char; a pair of them has four
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
        if (!isAscii(value) && !UTF_8.newEncoder().canEncode(value)) {
            return "well-formed characters";
        }
        if (bytes(value) > MAX_BYTES) {
            return "<= " + MAX_BYTES + " bytes";
        }
        if (value.startsWith("/")) {
            return "a relative path";
        }
        if (hasForbidden(value)) {
            return "no backslash, no control character";
        }
        for (int begin = 0; begin <= value.length(); ) {
            int slash = value.indexOf('/', begin);
            int end = slash < 0 ? value.length() : slash;
            int length = end - begin;
            if (length == 0 || (length <= 2 && value.startsWith("..".substring(0, length), begin))) {
                return "names with / between them, none of them '.' or '..'";
            }
            if (length > MAX_SEGMENT_BYTES / MAX_CHARACTER_BYTES
                    && bytes(value.substring(begin, end)) > MAX_SEGMENT_BYTES) {
                return "names of <= " + MAX_SEGMENT_BYTES + " bytes";
            }
            begin = end + 1;
        }
        return "";
    }

    private static int bytes(String text) {
        return isAscii(text) ? text.length() : text.getBytes(UTF_8).length;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasForbidden(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || Character.isISOControl(c)) {
                return true;
            }
        }
        return false;
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

    /** The directory in which the file lies, or an empty text. */
    String directory() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? "" : value.substring(0, slash);
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
        if (isFolded(name)) {
            return name; // The very same, since there are many of them.
        }
        String caseless = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(caseless, Normalizer.Form.NFC);
    }

    private static boolean isFolded(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7f || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    /** By code points, whose order is that of their bytes in UTF-8. */
    @Override
    public int compareTo(EntryName other) {
        int length = Math.min(value.length(), other.value.length());
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) != other.value.charAt(i)) {
                return Integer.compare(value.codePointAt(i), other.value.codePointAt(i));
            }
        }
        return Integer.compare(value.length(), other.value.length());
    }

    @Override
    public String toString() {
        return shown(value);
    }
}
