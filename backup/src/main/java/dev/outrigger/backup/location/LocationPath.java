package dev.outrigger.backup.location;

/** The path of a location: segments between slashes, each exactly what it seems to be. */
final class LocationPath {

    static final int MAX_CHARS = 1_024;

    /** The percent sign too: somebody behind us might decode it. */
    private static final String NEVER = "%?#\\";

    private static final int MAX_SEGMENT = 255;

    private LocationPath() {}

    /** Returns the path without a slash at its end. */
    static String withoutLastSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Refuses what is not one or more segments with a slash between them.
     *
     * @throws LocationFormatException without any of the text
     */
    static void check(String path) {
        if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && NEVER.indexOf(c) < 0)) {
            throw new LocationFormatException("its path has a character other than visible ASCII without " + NEVER);
        }
        for (String segment : path.split("/", -1)) {
            checkSegment(segment);
        }
    }

    private static void checkSegment(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new LocationFormatException("its path has an empty segment, '.' or '..'");
        }
        if (segment.length() > MAX_SEGMENT) {
            throw new LocationFormatException("its path has a segment longer than " + MAX_SEGMENT + " bytes");
        }
    }

    /** Tells whether a path is another or lies under it: {@code a/b} lies under {@code a}, and {@code ab} does not. */
    static boolean isAtOrUnder(String path, String root) {
        return root.isEmpty() || path.equals(root) || path.startsWith(root + "/");
    }
}
