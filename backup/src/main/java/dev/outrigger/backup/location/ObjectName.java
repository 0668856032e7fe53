package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Names one object at a location: a file of its directory, or a key below its prefix. Never a path.
 *
 * @param value 1 to 255 bytes of visible ASCII without {@code /} and {@code \}, not beginning with a dot
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

    private static final int MAX_BYTES = 255;

    /**
     * @throws IllegalArgumentException if it has any other form
     */
    public ObjectName {
        boolean visible = value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '\\');
        if (value.isEmpty() || value.startsWith(".") || !visible || value.getBytes(UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("object: '" + value + "' (expected: 1 to " + MAX_BYTES
                    + " visible ASCII characters, no separator, no leading dot)");
        }
    }

    @Override
    public int compareTo(ObjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
