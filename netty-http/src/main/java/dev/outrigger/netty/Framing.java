package dev.outrigger.netty;

/**
 * What the header says about the message around it: how long the body is, and what becomes of the connection. Filled in by
 * the parser while it passes the fields, so that nobody has to look them up again.
 */
final class Framing {

    /** The body's length where it is not chunked; 0 where there is none. */
    long contentLength;

    boolean hasContentLength;
    boolean chunked;
    boolean unknownCoding;
    boolean closeAsked;
    boolean keepAliveAsked;
    boolean keepAlive;
    boolean expectsContinue;
    boolean hasHost;

    void clear() {
        contentLength = 0;
        hasContentLength = false;
        chunked = false;
        unknownCoding = false;
        closeAsked = false;
        keepAliveAsked = false;
        keepAlive = false;
        expectsContinue = false;
        hasHost = false;
    }

    boolean hasBody() {
        return chunked || contentLength > 0;
    }
}
