package dev.outrigger.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A body that is made piece by piece, as the socket takes it, so that a slow reader costs one piece of memory and no
 * thread.
 *
 * <p>Called on the thread of the route's {@link Lane}, by one thread at a time.
 */
public interface BodyStream extends AutoCloseable {

    /**
     * Makes the next piece, 32 to 64 KiB if there is that much left.
     *
     * @return the piece, valid until the next call; empty at the end of the body
     * @throws Exception if the body cannot be finished: the connection is reset, so that the client sees that the answer
     *     is not whole
     */
    Optional<ByteBuffer> next() throws Exception;

    /** Lets go of what the stream holds; called exactly once, at its end or when the client has left. */
    @Override
    void close();
}
