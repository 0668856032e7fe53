package dev.outrigger.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shape of a JSON value: as much of JSON Schema (draft 2020-12) as the sidecar's documents need. Immutable.
 *
 * <pre>
 *   Schema.object()
 *         .field("address", Schema.text())
 *         .field("version", Schema.text().orNull())
 *         .named("Member")
 * </pre>
 *
 * <p>A shape with a name is told once, and referred to by its name wherever it is used.
 */
public final class Schema {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final Optional<String> name;
    private final Map<String, Object> keywords;

    private Schema(Optional<String> name, Map<String, Object> keywords) {
        this.name = name;
        this.keywords = Collections.unmodifiableMap(keywords);
    }

    /** Any value at all. */
    public static Schema any() {
        return new Schema(Optional.empty(), Map.of());
    }

    /** A text. */
    public static Schema text() {
        return ofType("string");
    }

    /** A text that a regular expression of JavaScript's kind matches as a whole. */
    public static Schema matching(String pattern) {
        return text().with("pattern", "^" + pattern + "$");
    }

    /** One of some texts. */
    public static Schema oneOf(String... words) {
        return text().with("enum", List.of(words));
    }

    /** The word of one of some values, such as those of an enum. */
    public static <T> Schema oneOf(T[] values, Function<? super T, String> word) {
        return text().with("enum", Stream.of(values).map(word).toList());
    }

    /** A time as RFC 3339 has it. */
    public static Schema time() {
        return text().with("format", "date-time");
    }

    /** {@code true} or {@code false}. */
    public static Schema truth() {
        return ofType("boolean");
    }

    /** A number, with or without a fraction. */
    public static Schema number() {
        return ofType("number");
    }

    /** A whole number of up to 64 bits. */
    public static Schema whole() {
        return ofType("integer").with("format", "int64");
    }

    /** A whole number between two others, which it may be, too. */
    public static Schema whole(long min, long max) {
        return ofType("integer").with("minimum", min).with("maximum", max);
    }

    /** An array. */
    public static Schema listOf(Schema elements) {
        return ofType("array").with("items", elements);
    }

    /** An object with fields of any names, and values of one shape. */
    public static Schema mapOf(Schema values) {
        return ofType("object").with("additionalProperties", values);
    }

    /** An object, whose fields are still to be told. It may have others: a later version adds some. */
    public static Schema object() {
        return ofType("object");
    }

    /** A value of one shape or another. */
    public static Schema either(Schema one, Schema other) {
        return new Schema(Optional.empty(), Map.of("anyOf", List.of(one, other)));
    }

    /** A document that a client gets as it is, such as a file. */
    public static Schema bytes() {
        return text().with("format", "binary");
    }

    private static Schema ofType(String type) {
        return new Schema(Optional.empty(), Map.of("type", type));
    }

    /** The same object with one more field, which is always there. */
    public Schema field(String field, Schema shape) {
        List<Object> required = new ArrayList<>(list("required"));
        required.add(field);
        return optional(field, shape).with("required", List.copyOf(required));
    }

    /** The same object with one more field, which may be missing. */
    public Schema optional(String field, Schema shape) {
        Map<String, Object> properties = new LinkedHashMap<>(map("properties"));
        properties.put(field, shape);
        return with("properties", Collections.unmodifiableMap(properties));
    }

    /** The same text of so many characters. */
    public Schema length(int min, int max) {
        return with("minLength", (long) min).with("maxLength", (long) max);
    }

    /** The same, or {@code null}. */
    public Schema orNull() {
        if (name.isEmpty() && keywords.get("type") instanceof String type && !keywords.containsKey("enum")) {
            return with("type", List.of(type, "null"));
        }
        return new Schema(Optional.empty(), Map.of("anyOf", List.of(this, ofType("null"))));
    }

    /**
     * The same under a name.
     *
     * @throws IllegalArgumentException if the name is not made of letters, digits, {@code .}, {@code _} and {@code -}
     */
    public Schema named(String newName) {
        if (!NAME.matcher(newName).matches()) {
            throw new IllegalArgumentException("schema name: '" + newName + "' (expected: " + NAME + ")");
        }
        return new Schema(Optional.of(newName), keywords);
    }

    private Schema with(String keyword, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(keywords);
        extended.put(keyword, value);
        return new Schema(name, extended);
    }

    private List<?> list(String keyword) {
        return keywords.get(keyword) instanceof List<?> list ? list : List.of();
    }

    private Map<String, Object> map(String keyword) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (keywords.get(keyword) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    /** What it is referred to by; empty for a shape that is told wherever it is used. */
    public Optional<String> name() {
        return name;
    }

    /** The keywords of JSON Schema that make it up, in order: texts, numbers, further schemas, and lists and maps of these. */
    public Map<String, Object> keywords() {
        return keywords;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema that && that.name.equals(name) && that.keywords.equals(keywords);
    }

    @Override
    public int hashCode() {
        return keywords.hashCode();
    }

    /** Its name, or its keywords. */
    @Override
    public String toString() {
        return name.orElseGet(keywords::toString);
    }
}
