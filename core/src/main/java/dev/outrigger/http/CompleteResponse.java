package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole answer: immutable, and meant to be kept where the same answer is given often. */
public final class CompleteResponse implements Response {

    private final int status;
    private final List<HeaderField> headers;
    private final byte[] body;

    /** Written by any thread, all of which would write an equal and immutable value, hence neither volatile nor guarded. */
    private Object wireForm = Optional.empty();

    CompleteResponse(int status, List<HeaderField> headers, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = requireNonNull(body, "body");
    }

    /** The status code, from 200 to 599. */
    public int status() {
        return status;
    }

    /** The header fields in the order in which they are sent, without those the transport adds itself. */
    public List<HeaderField> headers() {
        return headers;
    }

    /** The body. Shared: it is only ever read. */
    public byte[] body() {
        return body;
    }

    /** The same answer with one more header field. */
    public CompleteResponse withHeader(String name, String value) {
        List<HeaderField> extended = new ArrayList<>(headers);
        extended.add(new HeaderField(name, value));
        return new CompleteResponse(status, extended, body);
    }

    /** The same answer with another body. The array is the response's from now on. */
    public CompleteResponse withBody(byte[] body) {
        return new CompleteResponse(status, headers, body);
    }

    /** What a transport left here with {@link #keepWireForm}, so that it encodes an answer once and not at each request. */
    public Object wireForm() {
        return wireForm;
    }

    /**
     * Keeps a transport's encoded form of this answer.
     *
     * @param encoded an immutable object of the transport's own type
     */
    public void keepWireForm(Object encoded) {
        this.wireForm = requireNonNull(encoded, "encoded");
    }
}
