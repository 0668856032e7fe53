package dev.outrigger.netty;

/**
 * Sends a body that cannot be sent at once, being too large or not there yet. Confined to the event loop.
 *
 * <p>Calls back {@link ResponseSender#bodySent()} at the end.
 */
sealed interface BodyPump permits EventPump, SlicePump, StreamPump {

    /** Sends as much as there is room for. Called at the start, and whenever the socket has room again. */
    void pump();

    /** Gives up, since the connection is gone. Nothing is called back any more. */
    void abandon();
}
