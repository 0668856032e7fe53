package dev.outrigger.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a tree of maps, lists, texts, whole numbers and truth values as one YAML document, in the order in which they are given.
 *
 * <p>Blocks are indented by two spaces. A text is plain where no reader of YAML 1.1 or 1.2 could take it for something else, and
 * else in double quotes, escaped as JSON has it.
 */
final class Yaml {

    /** Nothing that could be a number, a date, an indicator, or a comment. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_/.-]*");

    /** What YAML 1.1 takes for a truth value or for nothing, in any case. */
    private static final Set<String> RESERVED = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder out = new StringBuilder(32 * 1024);

    private Yaml() {}

    static byte[] document(Map<String, ?> root) {
        Yaml yaml = new Yaml();
        yaml.map(root, 0);
        return yaml.out.toString().getBytes(UTF_8);
    }

    /** On a new line, but for the first entry's indentation, which is there already. */
    private void map(Map<?, ?> map, int depth) {
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            text(String.valueOf(entry.getKey()));
            out.append(':');
            value(entry.getValue(), depth);
            if (entries.hasNext()) {
                indent(depth);
            }
        }
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            indent(depth + 1);
            map(map, depth + 1);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            indent(depth + 1);
            list(list, depth + 1);
        } else {
            out.append(' ');
            scalar(value);
        }
    }

    private void list(List<?> list, int depth) {
        Iterator<?> elements = list.iterator();
        while (elements.hasNext()) {
            element(elements.next(), depth);
            if (elements.hasNext()) {
                indent(depth);
            }
        }
    }

    private void element(Object element, int depth) {
        out.append('-');
        if (element instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append(' ');
            map(map, depth + 1);
        } else {
            value(element, depth);
        }
    }

    private void scalar(Object value) {
        if (value instanceof Map) {
            out.append("{}\n");
        } else if (value instanceof List) {
            out.append("[]\n");
        } else if (value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            out.append(value).append('\n');
        } else if (value instanceof String text) {
            text(text);
            out.append('\n');
        } else {
            throw new IllegalArgumentException(
                    "YAML: " + value.getClass() + " (expected: map, list, text, number, truth)");
        }
    }

    private void indent(int depth) {
        out.append("  ".repeat(depth));
    }

    private void text(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))) {
            out.append(text);
            return;
        }
        out.append('"');
        text.codePoints().forEach(this::quoted);
        out.append('"');
    }

    private void quoted(int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (isPrintable(character)) {
                    out.appendCodePoint(character);
                } else {
                    out.append(String.format("\\u%04X", character)); // All that are beyond four digits are printable.
                }
            }
        }
    }

    /** As YAML 1.1 and 1.2 have it, but for line ends and the byte order mark; half of a surrogate pair is not. */
    private static boolean isPrintable(int c) {
        boolean lineEnd = c == 0x85 || c == 0x2028 || c == 0x2029;
        return (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff && !lineEnd)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c >= 0x10000;
    }
}
