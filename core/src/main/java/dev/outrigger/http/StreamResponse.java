package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer whose body is made piece by piece, as the socket takes it.
 *
 * <p>Sent chunked to HTTP/1.1; to HTTP/1.0, which has no chunks, it is made whole first. A failure after the first byte
 * resets the connection: an answer that is not whole must not look as if it were.
 *
 * @param status 200 to 599
 * @param headers in the order in which they are sent, without those the transport adds itself
 * @param body asked for its pieces one by one, then closed
 */
public record StreamResponse(int status, List<HeaderField> headers, BodyStream body) implements Response {

    public StreamResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        headers = List.copyOf(headers);
        requireNonNull(body, "body");
    }

    /** The same answer with one more header field. */
    public StreamResponse withHeader(String name, String value) {
        List<HeaderField> extended = new ArrayList<>(headers);
        extended.add(new HeaderField(name, value));
        return new StreamResponse(status, extended, body);
    }
}
