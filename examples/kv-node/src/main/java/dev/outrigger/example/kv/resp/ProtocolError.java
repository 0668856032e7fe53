package dev.outrigger.example.kv.resp;

/**
 * Bytes that are not RESP. It is answered in its turn, after the requests before it, and the connection is closed then, since
 * nobody knows where the next request begins.
 *
 * @param reason in Redis' words
 */
record ProtocolError(String reason) implements Request {

    @Override
    public int bytes() {
        return 0;
    }
}
