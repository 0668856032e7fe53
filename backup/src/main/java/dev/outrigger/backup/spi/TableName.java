package dev.outrigger.backup.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names a table of the host. Any text may be one whose {@linkplain #encoded() encoded} form, as it stands in file names, is not
 * longer than 96 bytes.
 *
 * @param value the host's own name, well-formed and not empty
 */
public record TableName(String value) implements Comparable<TableName> {

    private static final int MAX_ENCODED = 96;
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    /**
     * @throws IllegalArgumentException if the name is empty, too long, or holds half of a surrogate pair
     */
    public TableName {
        if (value.isEmpty()
                || !UTF_8.newEncoder().canEncode(value)
                || encode(value).length() > MAX_ENCODED) {
            throw new IllegalArgumentException(
                    "table: '" + value + "' (expected: 1 to " + MAX_ENCODED + " bytes, percent-encoded)");
        }
    }

    /**
     * Returns the name as it stands in file names: letters, digits, {@code _} and {@code -} as they are, and dots where they cannot
     * be taken for a hidden file or a parent; every other byte of its UTF-8 as {@code %XX}.
     */
    public String encoded() {
        return encode(value);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean dotAfterDotOrFirst = c == '.' && (encoded.isEmpty() || encoded.charAt(encoded.length() - 1) == '.');
            if (PLAIN.indexOf(c) >= 0 && !dotAfterDotOrFirst) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }

    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    /** Returns the host's own name. */
    @Override
    public String toString() {
        return value;
    }
}
