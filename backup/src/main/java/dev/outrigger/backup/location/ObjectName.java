package dev.outrigger.backup.location;

/**
 * Names one object at a location: a file of its directory, or a key below its prefix. Never a path.
 *
 * @param value 1 to 230 bytes of visible ASCII without {@code /} and {@code \}, not beginning with a dot
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

    /** A file system ends names at 255 bytes, and a temporary name is the object's with something around it. */
    private static final int MAX_BYTES = 230;

    /**
     * @throws IllegalArgumentException if it has any other form
     */
    public ObjectName {
        if (!isName(value)) {
            throw new IllegalArgumentException("object: '" + value + "' (expected: 1 to " + MAX_BYTES
                    + " visible ASCII characters, no separator, no leading dot)");
        }
    }

    /** Tells whether a text names an object: others may have put something else into the same directory. */
    static boolean isName(String text) {
        boolean visible = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '\\');
        return visible && !text.isEmpty() && !text.startsWith(".") && text.length() <= MAX_BYTES;
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
