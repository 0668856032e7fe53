package dev.outrigger.netty;

/**
 * The rules of those few header fields that decide where a message ends and what becomes of its connection (RFC 9110,
 * section 7 and 10.1.1; RFC 9112, section 6 and 9).
 */
final class FieldRules {

    private final Framing framing;

    FieldRules(Framing framing) {
        this.framing = framing;
    }

    void accept(byte[] bytes, int nameStart, int nameEnd, int from, int to) {
        // The length of a name tells nearly all names apart, and costs nothing to ask.
        switch (nameEnd - nameStart) {
            case 4 -> {
                if (Ascii.equalsIgnoreCase(bytes, nameStart, nameEnd, "host")) {
                    host(bytes, from, to);
                }
            }
            case 6 -> {
                if (Ascii.equalsIgnoreCase(bytes, nameStart, nameEnd, "expect")) {
                    expect(bytes, from, to);
                }
            }
            case 10 -> {
                if (Ascii.equalsIgnoreCase(bytes, nameStart, nameEnd, "connection")) {
                    connection(bytes, from, to);
                }
            }
            case 14 -> {
                if (Ascii.equalsIgnoreCase(bytes, nameStart, nameEnd, "content-length")) {
                    contentLength(bytes, from, to);
                }
            }
            case 17 -> {
                if (Ascii.equalsIgnoreCase(bytes, nameStart, nameEnd, "transfer-encoding")) {
                    transferEncoding(bytes, from, to);
                }
            }
            default -> {
                // A field for the handler, if for anybody.
            }
        }
    }

    private void host(byte[] bytes, int from, int to) {
        if (framing.hasHost || !Ascii.isHost(bytes, from, to)) {
            throw WireProblems.malformed("expected exactly one valid Host");
        }
        framing.hasHost = true;
    }

    private void expect(byte[] bytes, int from, int to) {
        if (!Ascii.equalsIgnoreCase(bytes, from, to, "100-continue")) {
            throw WireProblems.unknownExpectation();
        }
        framing.expectsContinue = true;
    }

    private void connection(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == ',') {
                connectionOption(bytes, start, i);
                start = i + 1;
            }
        }
    }

    private void connectionOption(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Ascii.isBlank(bytes[start])) {
            start++;
        }
        while (end > start && Ascii.isBlank(bytes[end - 1])) {
            end--;
        }
        if (Ascii.equalsIgnoreCase(bytes, start, end, "close")) {
            framing.closeAsked = true;
        } else if (Ascii.equalsIgnoreCase(bytes, start, end, "keep-alive")) {
            framing.keepAliveAsked = true;
        }
    }

    private void contentLength(byte[] bytes, int from, int to) {
        // Up to 18 digits fit a long; nothing that long is accepted anyway.
        if (framing.hasContentLength || from == to || to - from > 18) {
            throw WireProblems.malformed("expected one Content-Length, a number");
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw WireProblems.malformed("expected one Content-Length, a number");
            }
            length = length * 10 + (bytes[i] - '0');
        }
        framing.contentLength = length;
        framing.hasContentLength = true;
    }

    private void transferEncoding(byte[] bytes, int from, int to) {
        if (framing.chunked || framing.unknownCoding) {
            throw WireProblems.malformed("expected one Transfer-Encoding");
        }
        framing.chunked = Ascii.equalsIgnoreCase(bytes, from, to, "chunked");
        framing.unknownCoding = !framing.chunked;
    }

    /** Judges what only the whole header tells. */
    void finish(boolean version10) {
        boolean coded = framing.chunked || framing.unknownCoding;
        if (coded && (framing.hasContentLength || version10)) {
            throw WireProblems.malformed("Transfer-Encoding with Content-Length, or in HTTP/1.0");
        }
        if (framing.unknownCoding) {
            throw WireProblems.unknownTransferCoding();
        }
        if (!version10 && !framing.hasHost) {
            throw WireProblems.malformed("expected exactly one valid Host");
        }
        framing.keepAlive = !framing.closeAsked && (!version10 || framing.keepAliveAsked);
        framing.expectsContinue &= !version10;
    }
}
