package dev.outrigger.netty;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.HeaderField;
import dev.outrigger.http.StreamResponse;
import java.util.List;

/**
 * A complete response as bytes: the header but for what differs from request to request (date, connection, request id), and
 * the body. Encoded once for as long as the response is used.
 *
 * @param head status line and header fields, without the empty line at the end
 * @param body the body
 */
record EncodedResponse(byte[] head, byte[] body) {

    private static final String COMMON = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    private static final byte[] NO_BODY = new byte[0];

    /** The second is for nginx, which would keep a small answer until it is whole. */
    private static final List<HeaderField> EVENTS =
            List.of(new HeaderField("Content-Type", "text/event-stream"), new HeaderField("X-Accel-Buffering", "no"));

    static EncodedResponse of(CompleteResponse response) {
        if (response.wireForm() instanceof EncodedResponse encoded) {
            return encoded;
        }
        EncodedResponse encoded = encode(response);
        response.keepWireForm(encoded);
        return encoded;
    }

    private static EncodedResponse encode(CompleteResponse response) {
        StringBuilder fields = fields(response.headers());
        if (response.status() == 204 || response.status() == 304) {
            return new EncodedResponse(
                    head(response.status(), fields), NO_BODY); // A client would take one for the next answer.
        }
        fields.append("Content-Length: ").append(response.body().length).append("\r\n");
        return new EncodedResponse(head(response.status(), fields), response.body());
    }

    /** The head of an answer whose body comes in pieces: in chunks, but for a client that knows none. */
    static byte[] streamHead(StreamResponse response, boolean chunked) {
        return streamHead(response.status(), response.headers(), chunked);
    }

    /** The head of an answer that consists of events, which no proxy on the way is to keep back. */
    static byte[] eventsHead(boolean chunked) {
        return streamHead(200, EVENTS, chunked);
    }

    private static byte[] streamHead(int status, List<HeaderField> headers, boolean chunked) {
        StringBuilder fields = fields(headers);
        return head(status, chunked ? fields.append("Transfer-Encoding: chunked\r\n") : fields);
    }

    private static StringBuilder fields(List<HeaderField> headers) {
        StringBuilder fields = new StringBuilder();
        for (HeaderField field : headers) {
            fields.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return fields;
    }

    private static byte[] head(int status, StringBuilder fields) {
        byte[] line = StatusLines.of(status);
        byte[] rest = Ascii.bytes(fields.append(COMMON).toString());
        byte[] head = new byte[line.length + rest.length];
        System.arraycopy(line, 0, head, 0, line.length);
        System.arraycopy(rest, 0, head, line.length, rest.length);
        return head;
    }
}
