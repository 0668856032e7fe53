package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * An error as a client sees it: {@code {"error":"…","status":400,"request_id":"…"}}.
 *
 * @param status 400 to 599
 * @param error one sentence for the client: never a stack trace, a class name or a path of the machine
 * @param headers further header fields, such as {@code Allow} or {@code Retry-After}
 */
public record Problem(int status, String error, List<HeaderField> headers) {

    /** The shape of the document a client gets. */
    public static final Schema SCHEMA = Schema.object()
            .field("error", Schema.text())
            .field("status", Schema.whole(400, 599))
            .field("request_id", Schema.text())
            .named("Problem");

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        requireNonNull(error, "error");
        headers = List.copyOf(headers);
    }

    /** A problem without header fields of its own. */
    public static Problem of(int status, String error) {
        return new Problem(status, error, List.of());
    }

    /** The request is malformed: 400. */
    public static Problem badRequest(String error) {
        return of(400, error);
    }

    /** What the request names is not here: 404. */
    public static Problem notFound(String error) {
        return of(404, error);
    }

    /**
     * Not now, but soon.
     *
     * @param retryAfterSeconds when the client should ask again, above 0
     */
    public static Problem busy(String error, int retryAfterSeconds) {
        return of(503, error).withHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }

    /** The same problem with one more header field. */
    public Problem withHeader(String name, String value) {
        List<HeaderField> extended = new ArrayList<>(headers);
        extended.add(new HeaderField(name, value));
        return new Problem(status, error, extended);
    }

    /** This problem, to be thrown. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** The document a client gets. */
    public CompleteResponse toResponse(String requestId) {
        byte[] document = JsonWriter.object(
                json -> json.field("error", error).field("status", status).field("request_id", requestId));
        CompleteResponse response = Response.json(status, document);
        for (HeaderField field : headers) {
            response = response.withHeader(field.name(), field.value());
        }
        return response;
    }
}
