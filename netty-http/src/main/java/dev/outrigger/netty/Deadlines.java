package dev.outrigger.netty;

import java.time.Duration;

/**
 * How long a client may take. Each is absolute, counted from the event that is named, and not an idle timer that every byte
 * winds up again: a client that sends one byte a second is as slow as one that sends none.
 *
 * @param header from a request's first byte, or on a new connection from its being accepted, to the header's end
 * @param body from the header's end to the body's
 * @param idle between two requests; longer than the 60 s of common balancers, so that the balancer closes first
 * @param responseBase for taking a response, from its first byte
 * @param responseBytesPerSecond what is added to it: one second for so many bytes
 * @param linger how long a connection that ended in an error is read off, so that the client gets to see the answer
 */
record Deadlines(
        Duration header,
        Duration body,
        Duration idle,
        Duration responseBase,
        int responseBytesPerSecond,
        Duration linger) {

    static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120),
            Duration.ofSeconds(30),
            16 * 1024,
            Duration.ofSeconds(2));

    /** How long a client may take for a response of which it has taken so many bytes. */
    long responseNanos(long takenBytes) {
        return responseBase.toNanos() + takenBytes * 1_000_000_000L / responseBytesPerSecond;
    }
}
