package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a {@link Handler} answers: whole, later, piece by piece, or event by event.
 *
 * <p>None of the four holds a thread while it waits. All are immutable; a {@link CompleteResponse} may be kept and handed
 * out again and again, by any thread, and costs its encoding once.
 */
public sealed interface Response permits CompleteResponse, EventsResponse, LaterResponse, StreamResponse {

    /** The media type of plain text as the sidecar writes it. */
    String TEXT = "text/plain; charset=utf-8";

    /** The media type of JSON as the sidecar writes it. */
    String JSON = "application/json";

    /** A whole answer of plain text. */
    static CompleteResponse text(int status, String text) {
        return of(status, TEXT, text.getBytes(UTF_8));
    }

    /** A whole answer of JSON, already encoded as UTF-8. The array is the response's from now on. */
    static CompleteResponse json(int status, byte[] json) {
        return of(status, JSON, json);
    }

    /** A whole answer. The array is the response's from now on. */
    static CompleteResponse of(int status, String contentType, byte[] body) {
        return new CompleteResponse(status, List.of(new HeaderField("Content-Type", contentType)), body);
    }

    /** An answer without a body, such as 204. */
    static CompleteResponse empty(int status) {
        return new CompleteResponse(status, List.of(), new byte[0]);
    }

    /**
     * An answer that comes later.
     *
     * @param stage completes with the answer, or exceptionally with what {@link Handler#handle} could have thrown
     * @param abandoned called at most once, on the event loop, when the client leaves before the answer is there
     */
    static LaterResponse later(CompletionStage<Response> stage, Runnable abandoned) {
        return new LaterResponse(stage, abandoned, false);
    }

    /** An answer that comes when something happens, as a long poll waits for; otherwise like {@link #later}. */
    static LaterResponse held(CompletionStage<Response> stage, Runnable abandoned) {
        return new LaterResponse(stage, abandoned, true);
    }

    /** An answer made piece by piece on the route's lane, as the socket takes it. */
    static StreamResponse stream(int status, String contentType, BodyStream body) {
        return new StreamResponse(status, List.of(new HeaderField("Content-Type", contentType)), body);
    }

    /** An answer that tells of events as they happen. */
    static EventsResponse events(EventFeed feed) {
        return new EventsResponse(feed);
    }
}
