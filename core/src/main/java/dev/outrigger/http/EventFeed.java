package dev.outrigger.http;

/**
 * Where the events of an {@link EventsResponse} come from: something that can be subscribed to.
 *
 * <p>A feed is asked for one subscription per client. Several threads may ask at once where the lane has several.
 */
@FunctionalInterface
public interface EventFeed {

    /**
     * Begins to send events to one client. Called on the thread of the route's {@link Lane}, or on that of {@link Lane#OPS} for a
     * route of the event loop, and not at all for a HEAD. It subscribes and returns; whoever has an event later sends it, from
     * whatever thread. Nothing leaves before it has returned: what was sent until then goes first, in its order.
     *
     * @param sink takes this client's events
     * @return what ends the subscription; closed exactly once, on the same lane, when the stream has ended, whoever ended it. What
     *     that throws is logged
     * @throws Exception if there can be no subscription, which is answered like what a {@link Handler} throws: a {@link
     *     ProblemException} with its own code, anything else with 500. What was sent is not
     */
    AutoCloseable open(EventSink sink) throws Exception;
}
