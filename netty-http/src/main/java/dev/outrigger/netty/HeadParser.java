package dev.outrigger.netty;

import dev.outrigger.http.Method;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Reads a request's head (RFC 9112), strictly: whatever two readers could take for two different requests is refused, since
 * one of them may stand in front of this one. Lines end in CR LF; no folding, no space before a colon, no control byte
 * anywhere, one way only to tell the body's length.
 *
 * <p>Each line is judged as soon as it is whole, and the very first byte at once, so that a client that speaks something else
 * is told at once. After an exception the connection cannot be read any further.
 */
final class HeadParser {

    private static final byte[] GET = Ascii.bytes("GET");
    private static final byte[][] METHODS = methods();

    private final HeadLimits limits;
    private final FieldRules rules;
    private final RequestIds ids;
    private RequestHead head;
    private final Framing framing = new Framing();

    private int scanned;
    private int lineStart;
    private int headerStart;

    HeadParser(HeadLimits limits, RequestIds ids) {
        this.limits = limits;
        this.ids = ids;
        this.head = new RequestHead(ids);
        this.rules = new FieldRules(framing);
        begin();
    }

    private static byte[][] methods() {
        byte[][] names = new byte[Method.values().length][];
        for (Method method : Method.values()) {
            names[method.ordinal()] = Ascii.bytes(method.name());
        }
        return names;
    }

    RequestHead head() {
        return head;
    }

    Framing framing() {
        return framing;
    }

    /** Makes ready for the next request of the connection, in the same memory. */
    void begin() {
        head.clear();
        framing.clear();
        scanned = 0;
        lineStart = 0;
        headerStart = 0;
    }

    /** Makes ready for the next request, and leaves the present head to whoever has it. */
    void beginAfresh() {
        head = new RequestHead(ids);
        begin();
    }

    /** Tells whether a part of a head has arrived. */
    boolean hasBegun() {
        return head.length() > 0;
    }

    /**
     * Takes from the input what belongs to the head.
     *
     * @return whether the head is whole; if not, all of the input was taken
     * @throws dev.outrigger.http.ProblemException if it is malformed or too large
     */
    boolean parse(ByteBuf input) {
        int taken = Math.min(input.readableBytes(), limits.headBytes() - head.length());
        byte[] bytes = head.ensureRoom(taken);
        input.readBytes(bytes, head.length(), taken);
        head.grow(taken);
        if (scanned == 0 && !Ascii.isToken(bytes, 0, 1)) {
            throw WireProblems.malformed("it does not begin with a method");
        }
        int end = head.length();
        for (int i = scanned; i < end; i++) {
            if (bytes[i] == '\n' && endLine(bytes, i)) {
                head.truncate(i + 1);
                input.readerIndex(input.readerIndex() - (end - (i + 1)));
                finish();
                return true;
            }
        }
        scanned = end;
        checkSize(end);
        return false;
    }

    /** Refuses a line that goes on for too long, in the same way whether its end has come yet or not. */
    private void checkSize(int end) {
        if (headerStart == 0 && end >= limits.requestLineBytes()) {
            throw WireProblems.targetTooLong(limits.targetBytes());
        }
        if (headerStart > 0 && end - headerStart >= limits.headerBytes()) {
            throw WireProblems.headerTooLarge(limits.headerBytes() + " bytes");
        }
    }

    /** Judges the line that ends at a line feed. Returns true if it is the empty line at the head's end. */
    private boolean endLine(byte[] bytes, int lineFeed) {
        checkSize(lineFeed);
        int start = lineStart;
        int end = lineFeed - 1;
        if (end < start || bytes[end] != '\r') {
            throw WireProblems.malformed("a line that does not end in CR LF");
        }
        lineStart = lineFeed + 1;
        if (headerStart == 0) {
            requestLine(bytes, start, end);
            headerStart = lineStart;
            return false;
        }
        if (start == end) {
            return true;
        }
        field(bytes, start, end);
        return false;
    }

    private void requestLine(byte[] bytes, int start, int end) {
        int methodEnd = indexOf(bytes, (byte) ' ', start, end);
        int targetStart = methodEnd + 1;
        int targetEnd = methodEnd < 0 ? -1 : indexOf(bytes, (byte) ' ', targetStart, end);
        if (targetEnd < 0 || !Ascii.isToken(bytes, start, methodEnd)) {
            throw WireProblems.malformed("a request line that is not method, target, version");
        }
        if (targetEnd - targetStart > limits.targetBytes()) {
            throw WireProblems.targetTooLong(limits.targetBytes());
        }
        if (!Ascii.isTarget(bytes, targetStart, targetEnd)) {
            throw WireProblems.malformed("the request target");
        }
        int minorVersion = minorVersion(bytes, targetEnd + 1, end);
        target(method(bytes, start, methodEnd), minorVersion, bytes, targetStart, targetEnd);
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static Method method(byte[] bytes, int from, int to) {
        if (isEqual(GET, bytes, from, to)) {
            return Method.GET;
        }
        for (Method method : Method.values()) {
            if (method != Method.UNKNOWN && isEqual(METHODS[method.ordinal()], bytes, from, to)) {
                return method;
            }
        }
        return Method.UNKNOWN;
    }

    private static boolean isEqual(byte[] name, byte[] bytes, int from, int to) {
        return Arrays.equals(name, 0, name.length, bytes, from, to);
    }

    private static int minorVersion(byte[] bytes, int from, int to) {
        boolean wellFormed = to - from == 8
                && bytes[from] == 'H'
                && bytes[from + 1] == 'T'
                && bytes[from + 2] == 'T'
                && bytes[from + 3] == 'P'
                && bytes[from + 4] == '/'
                && isDigit(bytes[from + 5])
                && bytes[from + 6] == '.'
                && isDigit(bytes[from + 7]);
        if (!wellFormed) {
            throw WireProblems.malformed("the version in the request line");
        }
        if (bytes[from + 5] != '1' || bytes[from + 7] > '1') {
            throw WireProblems.unknownVersion();
        }
        return bytes[from + 7] - '0';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Finds the path in the target's forms (RFC 9112, section 3.2): origin, absolute, and the asterisk of OPTIONS. */
    private void target(Method method, int minorVersion, byte[] bytes, int start, int end) {
        int pathStart = start;
        if (bytes[start] != '/') {
            boolean asterisk = end - start == 1 && bytes[start] == '*' && method == Method.OPTIONS;
            if (method != Method.UNKNOWN && !asterisk) {
                pathStart = pathOfAbsoluteForm(bytes, start, end);
            }
        }
        int question = indexOf(bytes, (byte) '?', pathStart, end);
        head.requestLine(method, minorVersion, pathStart, question < 0 ? end : question, end);
    }

    private static int pathOfAbsoluteForm(byte[] bytes, int start, int end) {
        int authority = start
                + (Ascii.equalsIgnoreCase(bytes, start, Math.min(start + 7, end), "http://")
                        ? 7
                        : Ascii.equalsIgnoreCase(bytes, start, Math.min(start + 8, end), "https://") ? 8 : end);
        int path = authority;
        while (path < end && bytes[path] != '/' && bytes[path] != '?') {
            path++;
        }
        if (authority >= end || !Ascii.isHost(bytes, authority, path)) {
            throw WireProblems.malformed("the request target");
        }
        return path;
    }

    private void field(byte[] bytes, int start, int end) {
        int colon = indexOf(bytes, (byte) ':', start, end);
        // A name that begins with a space would continue the line before (obs-fold); one that ends with a space is read
        // in two ways by two servers. Neither is a token.
        if (colon < 0 || !Ascii.isToken(bytes, start, colon)) {
            throw WireProblems.malformed("a header line that is not name, colon, value");
        }
        int valueStart = colon + 1;
        int valueEnd = end;
        while (valueStart < valueEnd && Ascii.isBlank(bytes[valueStart])) {
            valueStart++;
        }
        while (valueEnd > valueStart && Ascii.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        if (!Ascii.isFieldValue(bytes, valueStart, valueEnd)) {
            throw WireProblems.malformed("a control byte in a header value");
        }
        if (head.fieldCount() == limits.fields()) {
            throw WireProblems.headerTooLarge(limits.fields() + " fields");
        }
        head.addField(start, colon, valueStart, valueEnd);
        rules.accept(bytes, start, colon, valueStart, valueEnd);
    }

    private void finish() {
        rules.finish(head.isVersion10());
        if (head.method() == Method.UNKNOWN) {
            throw WireProblems.unknownMethod();
        }
    }
}
