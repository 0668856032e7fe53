package dev.outrigger.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path of a route, such as {@code /health/checks/{name}}: literal segments, and parameters that stand for one whole
 * segment each. Immutable; equal when written equally.
 */
public final class PathTemplate {

    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][a-z0-9_]*}");

    private final String text;
    private final List<String> segments;

    private PathTemplate(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it does not begin with a slash, ends with one, has a segment that is neither a
     *     literal nor a parameter, or has a parameter twice
     */
    public static PathTemplate of(String text) {
        if (text.equals("/")) {
            return new PathTemplate(text, List.of());
        }
        List<String> segments = split(text);
        boolean valid = text.startsWith("/")
                && segments.stream()
                        .allMatch(s -> LITERAL.matcher(s).matches()
                                || PARAMETER.matcher(s).matches());
        if (!valid) {
            throw new IllegalArgumentException("path: '" + text + "' (expected: /literal or /{parameter} segments)");
        }
        PathTemplate template = new PathTemplate(text, segments);
        List<String> names = template.parameters();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("path: '" + text + "' (expected: each parameter once)");
        }
        return template;
    }

    /** The segments between the slashes of a path that begins with one; none for {@code /}. */
    static List<String> split(String path) {
        return path.length() < 2 ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    /** Tells whether the template has no parameter, so that it matches exactly its own text. */
    public boolean isLiteral() {
        return text.indexOf('{') < 0;
    }

    /** The names of the parameters, in order. */
    public List<String> parameters() {
        List<String> names = new ArrayList<>();
        for (String segment : segments) {
            if (isParameter(segment)) {
                names.add(nameOf(segment));
            }
        }
        return List.copyOf(names);
    }

    /** The values of the parameters, if the decoded segments fit the template. */
    Optional<Map<String, String>> match(List<String> decoded) {
        if (decoded.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            String value = decoded.get(i);
            if (isParameter(segment) && !value.isEmpty()) {
                values.put(nameOf(segment), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Tells whether some path fits both templates and neither is the more literal one, so that a lookup would be a guess. */
    boolean isAmbiguousWith(PathTemplate other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        boolean moreLiteral = false;
        boolean lessLiteral = false;
        for (int i = 0; i < segments.size(); i++) {
            boolean parameter = isParameter(segments.get(i));
            boolean otherParameter = isParameter(other.segments.get(i));
            if (!parameter && !otherParameter && !segments.get(i).equals(other.segments.get(i))) {
                return false; // No path fits both.
            }
            moreLiteral |= !parameter && otherParameter;
            lessLiteral |= parameter && !otherParameter;
        }
        return moreLiteral == lessLiteral;
    }

    /** How many segments are literal: of two templates that a path fits, the one with more is meant. */
    int literalSegments() {
        return (int) segments.stream().filter(segment -> !isParameter(segment)).count();
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    private static String nameOf(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The template as written. */
    @Override
    public String toString() {
        return text;
    }
}
