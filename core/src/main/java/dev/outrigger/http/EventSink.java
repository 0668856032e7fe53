package dev.outrigger.http;

/**
 * Takes the events that one client is to get. Implemented by the transport.
 *
 * <p>Safe for use by many threads, and never blocks any. The events of one thread arrive in its order.
 */
public interface EventSink {

    /**
     * Hands in one event. It is encoded at once and leaves as soon as the client takes it; up to 64 KiB wait for that. When there
     * would be more the client is cut off: it may come back with {@code Last-Event-ID}, and whoever keeps its events a while can
     * go on from there.
     *
     * @return false if the event will not arrive, since the client has left or has been cut off, or since the stream has been
     *     ended; so will no later one
     */
    boolean send(ServerEvent event);

    /** Ends the stream in order, behind what has been sent. Of no effect on one that has ended. */
    void end();
}
