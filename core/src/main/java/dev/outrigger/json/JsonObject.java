package dev.outrigger.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from outside, whose fields are asked for by name and type.
 *
 * <p>Whatever was not asked for is ignored. A field that is {@code null} counts as absent where it may be. What does not fit is
 * a {@link JsonFormatException} that names the field and what was expected, and never what was there. Immutable.
 */
public final class JsonObject {

    /** Beyond this not every whole number has a {@code double} of its own. */
    private static final double EXACT = 1L << 53;

    private final Map<String, @Nullable Object> fields;

    JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** The names of all fields, in the order in which they came. */
    public Set<String> names() {
        return fields.keySet();
    }

    /** Tells whether there is a field of that name that is not {@code null}. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /**
     * The text of a field.
     *
     * @throws JsonFormatException if there is no such field, or it is no text
     */
    public String string(String name) {
        return required(name, "a text", optionalString(name));
    }

    /**
     * The text of a field, where it is there.
     *
     * @throws JsonFormatException if it is no text
     */
    public Optional<String> optionalString(String name) {
        return typed(name, String.class, "a text");
    }

    /**
     * The whole number of a field, where it is there. {@code 10.0} and {@code 1e1} are whole too.
     *
     * @throws JsonFormatException if it is no whole number, or none that fits
     */
    public OptionalLong optionalLong(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Double number && Math.rint(number) == number && Math.abs(number) < EXACT) {
            return OptionalLong.of(number.longValue());
        }
        if (value instanceof Long number) {
            return OptionalLong.of(number);
        }
        throw mismatch(name, value, "a whole number");
    }

    /**
     * The whole number of a field.
     *
     * @throws JsonFormatException if there is no such field, or it is no whole number, or none that fits
     */
    public long wholeNumber(String name) {
        return optionalLong(name)
                .orElseThrow(() -> new JsonFormatException(name + ": missing (expected: a whole number)"));
    }

    /**
     * The truth value of a field, where it is there.
     *
     * @throws JsonFormatException if it is neither {@code true} nor {@code false}
     */
    public Optional<Boolean> optionalBoolean(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    /**
     * The object in a field, where it is there.
     *
     * @throws JsonFormatException if it is no object
     */
    public Optional<JsonObject> optionalObject(String name) {
        return typed(name, JsonObject.class, "an object");
    }

    /**
     * The object in a field.
     *
     * @throws JsonFormatException if there is no such field, or it is no object
     */
    public JsonObject object(String name) {
        return required(name, "an object", optionalObject(name));
    }

    /**
     * The objects of the array in a field; none where it is not there.
     *
     * @throws JsonFormatException if it is no array, or one that holds anything but objects
     */
    public List<JsonObject> objects(String name) {
        return optionalObjects(name).orElse(List.of());
    }

    /**
     * The whole numbers of the array in a field; none where it is not there.
     *
     * @throws JsonFormatException if it is no array, or one that holds anything but whole numbers
     */
    public List<Long> wholeNumbers(String name) {
        return elements(name, Long.class, "an array of whole numbers").orElse(List.of());
    }

    /**
     * The texts of the array in a field, where it is there.
     *
     * @throws JsonFormatException if it is no array, or one that holds anything but texts
     */
    public Optional<List<String>> optionalStrings(String name) {
        return elements(name, String.class, "an array of texts");
    }

    /**
     * The objects of the array in a field, where it is there.
     *
     * @throws JsonFormatException if it is no array, or one that holds anything but objects
     */
    public Optional<List<JsonObject>> optionalObjects(String name) {
        return elements(name, JsonObject.class, "an array of objects");
    }

    private <T> Optional<List<T>> elements(String name, Class<T> type, String expectation) {
        return typed(name, List.class, expectation).map(elements -> checked(name, elements, type, expectation));
    }

    private static <T> List<T> checked(String name, List<?> elements, Class<T> type, String expectation) {
        List<T> checked = new ArrayList<>();
        for (Object element : elements) {
            if (!type.isInstance(element)) {
                throw new JsonFormatException(name + ": holds " + kind(element) + " (expected: " + expectation + ")");
            }
            checked.add(type.cast(element));
        }
        return List.copyOf(checked);
    }

    private static <T> T required(String name, String expectation, Optional<T> value) {
        return value.orElseThrow(() -> new JsonFormatException(name + ": missing (expected: " + expectation + ")"));
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expectation) {
        Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw mismatch(name, value, expectation);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private static JsonFormatException mismatch(String name, Object value, String expectation) {
        return new JsonFormatException(name + ": " + kind(value) + " (expected: " + expectation + ")");
    }

    /** What a value is, in words for a client. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "a text";
        }
        if (value instanceof Boolean) {
            return "a truth value";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof JsonObject ? "an object" : "a number";
    }

    /** Tells how many fields there are, since what they hold may be a secret. */
    @Override
    public String toString() {
        return "JsonObject[" + fields.size() + " fields]";
    }
}
