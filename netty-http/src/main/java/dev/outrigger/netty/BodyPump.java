package dev.outrigger.netty;

/**
 * Sends a body that is too large to be sent at once, a piece whenever the socket has room. Confined to the event loop.
 *
 * <p>Calls back {@link ResponseSender#bodySent()} at the end.
 */
sealed interface BodyPump permits SlicePump, StreamPump {

    /** Sends as much as there is room for. Called at the start, and whenever the socket has room again. */
    void pump();

    /** Gives up, since the connection is gone. Nothing is called back any more. */
    void abandon();
}
