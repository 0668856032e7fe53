package dev.outrigger.backup.peer;

import java.io.IOException;
import java.net.URI;

/** Carries requests to the sidecars of peers. Safe for use by many threads, each of which waits for the answer. */
@FunctionalInterface
public interface PeerTransport {

    /** The largest answer that is read: the record of a job with its result, and some more. */
    int MAX_ANSWER_BYTES = 1024 * 1024;

    /**
     * Asks a peer.
     *
     * @param sidecar where it listens, with the prefix of its paths, if any
     * @param path below that, with its slash
     * @param body JSON to be posted; empty for a GET
     * @throws IOException if there is no answer, or one that is too large: the request may have had its effect
     */
    PeerAnswer ask(URI sidecar, String path, byte[] body) throws IOException;
}
