package dev.outrigger.netty;

/** Whom a {@link ResponseSender} tells how far the present answer is. On the event loop. */
interface AnswerProgress {

    /** The answer goes out in pieces from now on. */
    void sending();

    /** The whole answer has been handed to the channel. */
    void answered();

    /** Tells whether the connection is gone, so that there is nobody to answer. */
    boolean isClosed();
}
