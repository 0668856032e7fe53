package dev.outrigger.http;

/**
 * One header field of a response.
 *
 * @param name a token of RFC 9110
 * @param value visible ASCII characters and spaces: nothing that could end the field early
 */
public record HeaderField(String name, String value) {

    public HeaderField {
        if (name.isEmpty() || !name.chars().allMatch(HeaderField::isTokenCharacter)) {
            throw new IllegalArgumentException("header name: '" + printable(name) + "' (expected: a token)");
        }
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "header " + name + ": '" + printable(value) + "' (expected: visible ASCII)");
        }
    }

    /** Tells whether a character may stand in a token (RFC 9110, section 5.6.2). */
    public static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
