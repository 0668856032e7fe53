package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

/**
 * An answer that goes on for as long as there are events and a client that takes them: {@code text/event-stream}, always with
 * status 200.
 *
 * <p>It has no total deadline. Clients that are silent for long are kept with comments, those that are too slow are cut off, and
 * there are at most as many as there may be requests that wait. A client that comes back tells the id of the last event it has
 * seen in the header field {@code Last-Event-ID}.
 *
 * @param feed asked for a subscription once the answer begins
 */
public record EventsResponse(EventFeed feed) implements Response {

    public EventsResponse {
        requireNonNull(feed, "feed");
    }
}
