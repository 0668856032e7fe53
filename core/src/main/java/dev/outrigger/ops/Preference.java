package dev.outrigger.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One element of a header such as {@code Accept} or {@code Accept-Encoding} (RFC 9110, section 12.4.2).
 *
 * @param value the media range or coding, in lower case
 * @param parameters what follows it but the weight, names in lower case, values without quotes
 * @param weight from 0, which means not at all, to 1
 */
record Preference(String value, Map<String, String> parameters, double weight) {

    private static final int MAX_ELEMENTS = 64;

    /** Reads a header's elements. Those that are malformed are passed over: a scrape is never refused for its wishes. */
    static List<Preference> parse(String header) {
        List<Preference> preferences = new ArrayList<>();
        for (String element : split(header, ',')) {
            if (!element.isEmpty() && preferences.size() < MAX_ELEMENTS) {
                read(element).ifPresent(preferences::add);
            }
        }
        return preferences;
    }

    private static Optional<Preference> read(String element) {
        List<String> parts = split(element, ';');
        Map<String, String> parameters = new TreeMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(lowerCase(part.substring(0, equals)), unquoted(part.substring(equals + 1)));
            }
        }
        Optional<Double> weight =
                weight(Optional.ofNullable(parameters.remove("q")).orElse("1"));
        return weight.map(q -> new Preference(lowerCase(parts.get(0)), parameters, q));
    }

    private static Optional<Double> weight(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        try {
            double weight = digits ? Double.parseDouble(text) : -1;
            return weight >= 0 && weight <= 1 ? Optional.of(weight) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Splits at a separator outside of quotes, and strips what is around the parts. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    private static String unquoted(String value) {
        String text = value.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String lowerCase(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
