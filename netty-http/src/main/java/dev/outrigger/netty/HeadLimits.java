package dev.outrigger.netty;

/**
 * How large a request's head may be.
 *
 * @param targetBytes of the request target; more is answered with 414
 * @param headerBytes of the whole header; more is answered with 431
 * @param fields in the header; more is answered with 431
 */
record HeadLimits(int targetBytes, int headerBytes, int fields) {

    static final HeadLimits DEFAULT = new HeadLimits(8 * 1024, 16 * 1024, 100);

    /** The longest request line: the target, a method, a version and what separates them. */
    int requestLineBytes() {
        return targetBytes + 32;
    }

    /** The largest head as a whole. */
    int headBytes() {
        return requestLineBytes() + headerBytes;
    }
}
