package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.http.HeaderField;

/** What single bytes mean in an HTTP/1 header (RFC 9110, section 5.5 and 5.6), and how names are compared. */
final class Ascii {

    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] FIELD_VALUE = new boolean[256];
    private static final boolean[] TARGET = new boolean[256];
    private static final boolean[] HOST = new boolean[256];
    private static final boolean[] REQUEST_ID = new boolean[256];
    private static final boolean[] ADDRESS = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            TOKEN[c] = HeaderField.isTokenCharacter(c);
            FIELD_VALUE[c] = c == '\t' || (c >= ' ' && c != 0x7f);
            TARGET[c] = c > ' ' && c < 0x7f && "\"<>\\^`{|}#".indexOf(c) < 0;
            REQUEST_ID[c] = (Character.isLetterOrDigit(c) && c < 0x7f) || (c < 0x7f && "._:/+=-".indexOf(c) >= 0);
            HOST[c] = (Character.isLetterOrDigit(c) && c < 0x7f) || (c < 0x7f && "-._~%!$&'()*+,;=".indexOf(c) >= 0);
            ADDRESS[c] = HOST[c] || c == ':';
        }
    }

    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    static boolean isToken(byte[] bytes, int from, int to) {
        return from < to && all(TOKEN, bytes, from, to);
    }

    static boolean isFieldValue(byte[] bytes, int from, int to) {
        return all(FIELD_VALUE, bytes, from, to);
    }

    /** Tells whether all bytes may stand in a request target: visible ASCII but what RFC 3986 keeps out of every URI, and no fragment. */
    static boolean isTarget(byte[] bytes, int from, int to) {
        return from < to && all(TARGET, bytes, from, to);
    }

    /** Tells whether the bytes are a host, with a port or without (RFC 3986, section 3.2): {@code a:80}, {@code [::1]}. */
    static boolean isHost(byte[] bytes, int from, int to) {
        int port = to;
        while (port > from && bytes[port - 1] >= '0' && bytes[port - 1] <= '9') {
            port--;
        }
        int end = port > from && bytes[port - 1] == ':' ? port - 1 : to;
        if (end - from > 2 && bytes[from] == '[' && bytes[end - 1] == ']') {
            return all(ADDRESS, bytes, from + 1, end - 1);
        }
        return from < end && all(HOST, bytes, from, end);
    }

    static boolean isRequestId(byte[] bytes, int from, int to) {
        return from < to && all(REQUEST_ID, bytes, from, to);
    }

    private static boolean all(boolean[] allowed, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!allowed[bytes[i] & 0xff]) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Compares without regard to case. */
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[from + i]) != lower((byte) name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
