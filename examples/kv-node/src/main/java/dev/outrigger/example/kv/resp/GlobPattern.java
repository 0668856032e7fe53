package dev.outrigger.example.kv.resp;

/**
 * Redis' glob over bytes: {@code *}, {@code ?}, {@code [a-c]}, {@code [^a]}, and a backslash before what is meant literally.
 *
 * <p>Takes time in proportion to pattern times key at most: on a mismatch only the latest star is tried again, which finds a
 * match wherever there is one.
 */
final class GlobPattern {

    private final byte[] pattern;

    GlobPattern(byte[] pattern) {
        this.pattern = pattern.clone();
    }

    boolean matches(byte[] text) {
        int p = 0;
        int t = 0;
        int afterStar = -1;
        int starTook = 0;
        while (t < text.length || p < pattern.length) {
            if (p < pattern.length && pattern[p] == '*') {
                afterStar = ++p;
                starTook = t;
            } else if (p < pattern.length && t < text.length && matchesOne(p, text[t])) {
                p = endOfElement(p);
                t++;
            } else if (afterStar >= 0 && starTook < text.length) {
                p = afterStar;
                t = ++starTook;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean matchesOne(int p, byte character) {
        return switch (pattern[p]) {
            case '?' -> true;
            case '[' -> matchesClass(p, character & 0xff);
            case '\\' -> pattern[Math.min(p + 1, pattern.length - 1)] == character;
            default -> pattern[p] == character;
        };
    }

    private boolean matchesClass(int open, int character) {
        int end = endOfClass(open);
        boolean negated = open + 1 < end && pattern[open + 1] == '^';
        boolean found = false;
        for (int p = negated ? open + 2 : open + 1; p < end; ) {
            int low = literal(p, end);
            p = afterLiteral(p, end);
            int high = low;
            if (p + 1 < end && pattern[p] == '-') {
                high = literal(p + 1, end);
                p = afterLiteral(p + 1, end);
            }
            found |= Math.min(low, high) <= character && character <= Math.max(low, high);
        }
        return found != negated;
    }

    private int literal(int p, int end) {
        return pattern[pattern[p] == '\\' && p + 1 < end ? p + 1 : p] & 0xff;
    }

    private int afterLiteral(int p, int end) {
        return pattern[p] == '\\' && p + 1 < end ? p + 2 : p + 1;
    }

    private int endOfElement(int p) {
        return switch (pattern[p]) {
            case '[' -> Math.min(endOfClass(p) + 1, pattern.length);
            case '\\' -> Math.min(p + 2, pattern.length);
            default -> p + 1;
        };
    }

    /** Returns where the class's bracket closes, or the pattern's end where it never does: Redis closes it there. */
    private int endOfClass(int open) {
        int p = open + 1;
        while (p < pattern.length && pattern[p] != ']') {
            p = afterLiteral(p, pattern.length);
        }
        return p;
    }
}
