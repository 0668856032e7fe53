package dev.outrigger.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object that came from outside, such as the body of a request.
 *
 * <p>Strict, since what two readers could take for two different things decides who is believed: UTF-8 and nothing else, no
 * field twice, nothing behind the object, no number that is none in JSON or does not fit. Bounded in size and depth.
 */
public final class JsonReader {

    /** The largest document that is read where nothing else is said. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;

    // Names come from strangers: they are neither interned nor kept in a table that all parsers share.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final JsonParser parser;
    private final String text;
    private final Map<String, Reading> special;

    private JsonReader(JsonParser parser, String text, Map<String, Reading> special) {
        this.parser = parser;
        this.text = text;
        this.special = special;
    }

    /** How a field of the document's object is read that is not read as others are. */
    @FunctionalInterface
    private interface Reading {
        @Nullable
        Object read(JsonReader reader) throws IOException;
    }

    /**
     * Reads a document that is one object.
     *
     * @param utf8 the whole document
     * @throws JsonFormatException if it is anything else, or beyond the bounds: {@link #MAX_BYTES}, 32 levels, 64 digits
     */
    public static JsonObject object(byte[] utf8) {
        return object(utf8, MAX_BYTES);
    }

    /**
     * Reads a document that is one object, and may be larger or must be smaller than what comes in requests.
     *
     * @param utf8 the whole document
     * @param maxBytes how large it may be
     * @throws JsonFormatException if it is anything else, or beyond the bounds: so many bytes, 32 levels, 64 digits
     */
    public static JsonObject object(byte[] utf8, int maxBytes) {
        return object(utf8, maxBytes, Map.of());
    }

    /**
     * Reads a document of which some fields are somebody else's: checked to be JSON, and kept as they were written.
     *
     * @param utf8 the whole document
     * @param maxBytes how large it may be
     * @param unread the names of these fields of the document's object, whose values are texts of JSON afterwards
     * @throws JsonFormatException as {@link #object(byte[], int)} does
     */
    public static JsonObject object(byte[] utf8, int maxBytes, Set<String> unread) {
        Map<String, Reading> special = new HashMap<>();
        unread.forEach(name -> special.put(name, JsonReader::encodedValue));
        return object(utf8, maxBytes, special);
    }

    /**
     * Reads a document with an array of objects that is too long to be kept: each is handed on as soon as it has been read, and the
     * array has none of them afterwards.
     *
     * @param utf8 the whole document
     * @param maxBytes how large it may be
     * @param array the name of that field of the document's object
     * @param element takes the objects in their order, and before it is known whether what follows is well-formed
     * @throws JsonFormatException as {@link #object(byte[], int)} does
     */
    public static JsonObject object(byte[] utf8, int maxBytes, String array, Consumer<JsonObject> element) {
        return object(utf8, maxBytes, Map.of(array, reader -> reader.handOn(element)));
    }

    private static JsonObject object(byte[] utf8, int maxBytes, Map<String, Reading> special) {
        String text = decode(utf8, maxBytes);
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, text, special).document();
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation()); // The library's own message quotes the document.
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Nothing here leaves memory.
        }
    }

    private static String decode(byte[] utf8, int maxBytes) {
        if (utf8.length > maxBytes) {
            throw new JsonFormatException("JSON: " + utf8.length + " bytes (expected: <= " + maxBytes + ")");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonFormatException("JSON: malformed characters (expected: UTF-8)");
        }
    }

    private JsonObject document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonFormatException("JSON: " + JsonObject.kind(scalarOrArray()) + " (expected: an object)");
        }
        JsonObject object = readObject(special);
        if (parser.nextToken() != null) {
            throw refusal("something follows the object");
        }
        return object;
    }

    /** What stands where the document's object should, as far as its kind matters. */
    private @Nullable Object scalarOrArray() throws IOException {
        if (parser.currentToken() == null) {
            throw new JsonFormatException("JSON: empty (expected: an object)");
        }
        return parser.currentToken() == JsonToken.START_ARRAY ? List.of() : readValue();
    }

    private JsonObject readObject(Map<String, Reading> specialHere) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            if (fields.containsKey(name)) {
                throw refusal("a field is there twice");
            }
            parser.nextToken();
            fields.put(
                    name, specialHere.getOrDefault(name, JsonReader::readValue).read(this));
        }
        return new JsonObject(Collections.unmodifiableMap(fields));
    }

    /** The present value as the document has it. Read all the same, so that what is no JSON is not carried on. */
    private String encodedValue() throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        readValue();
        return text.substring(from, Math.toIntExact(parser.currentLocation().getCharOffset()));
    }

    /** The present value, without the objects in it if it is an array. */
    private @Nullable Object handOn(Consumer<JsonObject> each) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return readValue();
        }
        List<@Nullable Object> others = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object element = readValue();
            if (element instanceof JsonObject object) {
                each.accept(object);
            } else {
                others.add(element);
            }
        }
        return Collections.unmodifiableList(others);
    }

    private List<@Nullable Object> readArray() throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readValue());
        }
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object readValue() throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> readObject(Map.of());
            case START_ARRAY -> readArray();
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a parser of text never begins a value with " + token);
        };
    }

    private Object readNumber() throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            return parser.getLongValue();
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw refusal("a number is out of range");
        }
        return number;
    }

    /** Refuses the half of a surrogate pair, which only an escape can bring, and which UTF-8 could not write again. */
    private String wellFormed(String text) {
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (Character.getType(c) == Character.SURROGATE) {
                throw refusal("half of a surrogate pair");
            }
        }
        return text;
    }

    private JsonFormatException refusal(String what) {
        JsonLocation at = parser.currentLocation();
        return new JsonFormatException("JSON: " + what + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    private static JsonFormatException malformed(@Nullable JsonLocation at) {
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new JsonFormatException("JSON: malformed, too deep or too long a number" + place);
    }
}
