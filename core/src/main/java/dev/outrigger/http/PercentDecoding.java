package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Undoes the percent-encoding of a path segment or a query (RFC 3986, section 2.1), strictly: what is not two hexadecimal
 * digits, not UTF-8, or NUL is the client's error.
 */
final class PercentDecoding {

    private PercentDecoding() {}

    static String pathSegment(String raw) {
        return raw.indexOf('%') < 0 ? raw : decode(raw, false);
    }

    static String queryComponent(String raw) {
        return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, true);
    }

    private static String decode(String raw, boolean plusIsSpace) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes[length++] = octet(raw, i);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes, length);
    }

    private static byte octet(String raw, int percent) {
        int high = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(raw.charAt(percent + 2), 16);
        int octet = high << 4 | low;
        if (low < 0 || octet == 0) {
            throw malformed();
        }
        return (byte) octet;
    }

    private static String utf8(byte[] bytes, int length) {
        try {
            // A decoder of one's own reports what is not UTF-8; the String constructor would replace it.
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static ProblemException malformed() {
        return Problem.badRequest("Malformed percent-encoding in the request target")
                .asException();
    }
}
