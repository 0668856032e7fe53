package dev.outrigger.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A byte array that grows, and that text and numbers are written into without an object between.
 *
 * <p>For one thread at a time.
 */
final class Utf8Buffer {

    private byte[] bytes;
    private int size;

    Utf8Buffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Forgets everything that was written from this position on. */
    void truncate(int position) {
        size = position;
    }

    /** Returns what has been written, without a copy: valid until something else is. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void put(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void put(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    /** Writes text of which the caller knows that it is ASCII. */
    void ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
    }

    void number(long value) {
        reserve(NumberEncoder.MAX_LENGTH);
        size = NumberEncoder.put(bytes, size, value);
    }

    void number(double value) {
        reserve(NumberEncoder.MAX_LENGTH);
        size = NumberEncoder.put(bytes, size, value);
    }

    /**
     * Writes one label, after a comma unless it is the first.
     *
     * @throws IllegalArgumentException if the name is not one
     */
    void label(String name, String value, boolean first) {
        if (!first) {
            put(',');
        }
        ascii(LabelName.check(name));
        put('=');
        put('"');
        escaped(value, true);
        put('"');
    }

    /**
     * Writes the values of a line's labels, each after what stands before it.
     *
     * <p>Nearly all values are plain ASCII, so that the whole line is measured once and then copied; looking at all
     * lengths first also lets the processor fetch the values side by side, which in a large registry is most of the cost.
     */
    void labelValues(byte[][] starts, List<String> values) {
        int length = 0;
        for (int i = 0; i < starts.length; i++) {
            length += starts[i].length + values.get(i).length();
        }
        reserve(length);
        for (int i = 0; i < starts.length; i++) {
            byte[] start = starts[i];
            String value = values.get(i);
            System.arraycopy(start, 0, bytes, size, start.length);
            size += start.length;
            int plain = plainPrefix(value, bytes, size);
            size += plain;
            if (plain < value.length()) {
                escapedRest(value, plain, true);
                reserve(length);
            }
        }
    }

    /** Copies what needs no escape, and returns how many characters that was. */
    private static int plainPrefix(String text, byte[] target, int at) {
        int length = text.length();
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '\\' || c == '\n' || c == '"') {
                break;
            }
            target[at + i] = (byte) c;
            i++;
        }
        return i;
    }

    /** Writes any text with backslashes and line feeds escaped, and quotes where they end what is written. */
    void escaped(String text, boolean quotesToo) {
        int length = text.length();
        reserve(length);
        byte[] target = bytes;
        int at = size;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '\\' || c == '\n' || (c == '"' && quotesToo)) {
                break;
            }
            target[at++] = (byte) c;
            i++;
        }
        size = at;
        if (i < length) {
            escapedRest(text, i, quotesToo);
        }
    }

    private void escapedRest(String text, int from, boolean quotesToo) {
        // Two bytes for what is escaped, three for any other char; a pair of surrogates takes four.
        reserve((text.length() - from) * 3);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || (c == '"' && quotesToo)) {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c == '\n') {
                bytes[size++] = '\\';
                bytes[size++] = 'n';
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else {
                i += nonAscii(text, i, c);
            }
        }
    }

    /** Writes the character that starts at {@code i}, and returns how many chars it took beyond the first. */
    private int nonAscii(String text, int i, char c) {
        if (!Character.isSurrogate(c)) {
            encode(c);
            return 0;
        }
        int codePoint = text.codePointAt(i);
        if (Character.isSupplementaryCodePoint(codePoint)) {
            encode(codePoint);
            return 1;
        }
        // A lone surrogate has no UTF-8: as bytes it would make the whole exposition unreadable.
        encode('\uFFFD');
        return 0;
    }

    private void encode(int codePoint) {
        if (codePoint < 0x800) {
            bytes[size++] = (byte) (0xC0 | codePoint >> 6);
        } else if (codePoint < 0x10000) {
            bytes[size++] = (byte) (0xE0 | codePoint >> 12);
            bytes[size++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        } else {
            bytes[size++] = (byte) (0xF0 | codePoint >> 18);
            bytes[size++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
            bytes[size++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void reserve(int extra) {
        if (extra > bytes.length - size) {
            // Wraps for a text near two gigabytes, which then fails its family like any other error.
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, extra)));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
