package dev.outrigger.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document into memory, as UTF-8 and without white space.
 *
 * <p>Values of the host's own are written as far as JSON knows them: texts, numbers, truth values, maps and lists of
 * these; anything else as its text. What JSON has no word for, NaN and the infinities, becomes {@code null}.
 *
 * <p>Not thread-safe. Which library writes is known here alone.
 */
public final class JsonWriter {

    /** A guard against a host's value that contains itself. */
    private static final int MAX_DEPTH = 32;

    /** As RFC 3339 has it, always UTC and always with milliseconds. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    // Buffers of its own: the library's default would leave some in each thread of the host that ever writes here.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final JsonGenerator json;

    private JsonWriter() throws IOException {
        this.json = FACTORY.createGenerator(bytes);
    }

    /** What writes a document, or a part of one. */
    @FunctionalInterface
    public interface Part {
        /** Writes it. */
        void writeTo(JsonWriter json);
    }

    /** Writes a document that is one object, of the fields that the part writes. */
    public static byte[] object(Part fields) {
        try {
            JsonWriter writer = new JsonWriter();
            writer.json.writeStartObject();
            fields.writeTo(writer);
            writer.json.writeEndObject();
            writer.json.close();
            return writer.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Nothing here leaves memory, so only a malformed document can fail.
        }
    }

    /** Writes a field that holds an object. */
    public JsonWriter object(String name, Part fields) {
        return write(() -> {
            json.writeFieldName(name);
            json.writeStartObject();
            fields.writeTo(this);
            json.writeEndObject();
        });
    }

    /** Writes an object as an element of the array that is open. */
    public JsonWriter element(Part fields) {
        return write(() -> {
            json.writeStartObject();
            fields.writeTo(this);
            json.writeEndObject();
        });
    }

    /** Writes a text as an element of the array that is open. */
    public JsonWriter element(String text) {
        return write(() -> json.writeString(wellFormed(text)));
    }

    /** Writes a whole number as an element of the array that is open. */
    public JsonWriter element(long number) {
        return write(() -> json.writeNumber(number));
    }

    /** Writes a field that holds an array, of the elements that the part writes. */
    public JsonWriter array(String name, Part elements) {
        return write(() -> {
            json.writeFieldName(name);
            json.writeStartArray();
            elements.writeTo(this);
            json.writeEndArray();
        });
    }

    /** Writes a field that holds an array of texts. */
    public JsonWriter texts(String name, Iterable<String> texts) {
        return array(name, part -> texts.forEach(part::element));
    }

    /** Writes a field that holds an array of whole numbers. */
    public JsonWriter numbers(String name, Iterable<Integer> numbers) {
        return array(name, part -> numbers.forEach(part::element));
    }

    /** Writes a field that holds a text, or {@code null}. */
    public JsonWriter field(String name, @Nullable String text) {
        return write(() -> json.writeStringField(name, text == null ? null : wellFormed(text)));
    }

    /** Writes a field that holds a whole number. */
    public JsonWriter field(String name, long number) {
        return write(() -> json.writeNumberField(name, number));
    }

    /** Writes a field that holds a number, or {@code null} where JSON has no word for it. */
    public JsonWriter field(String name, double number) {
        return write(() -> {
            json.writeFieldName(name);
            writeDouble(number);
        });
    }

    /** Writes a field that holds a truth value. */
    public JsonWriter field(String name, boolean truth) {
        return write(() -> json.writeBooleanField(name, truth));
    }

    /** Writes a field that holds a time, in UTC with milliseconds. */
    public JsonWriter field(String name, Instant time) {
        return field(name, TIME.format(time));
    }

    /** Writes a field that holds {@code null}. */
    public JsonWriter nullField(String name) {
        return write(() -> json.writeNullField(name));
    }

    /** Writes a field that holds a value of the host's. */
    public JsonWriter anyField(String name, @Nullable Object value) {
        return write(() -> {
            json.writeFieldName(name);
            writeAny(value, MAX_DEPTH);
        });
    }

    /** Writes a field whose value is encoded JSON already, as UTF-8. */
    public JsonWriter encodedField(String name, byte[] encoded) {
        return write(() -> {
            json.writeFieldName(name);
            json.writeRawValue(""); // Lets the generator account for a value; the bytes themselves go around it.
            json.flush();
            bytes.writeBytes(encoded);
        });
    }

    private void writeAny(@Nullable Object value, int depth) throws IOException {
        if (value == null || depth == 0) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            writeDouble(((Number) value).doubleValue());
        } else if (value instanceof Byte
                || value instanceof Short
                || value instanceof Integer
                || value instanceof Long) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(wellFormed(String.valueOf(entry.getKey())));
                writeAny(entry.getValue(), depth - 1);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                writeAny(element, depth - 1);
            }
            json.writeEndArray();
        } else {
            json.writeString(wellFormed(String.valueOf(value)));
        }
    }

    private void writeDouble(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** The text with each half of a surrogate pair that lacks its other half replaced: UTF-8 has no form for it. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(UTF_8), UTF_8);
            }
        }
        return text;
    }

    private JsonWriter write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
