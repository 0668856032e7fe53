package dev.outrigger.netty;

/** A request as it comes over the wire, and the code it is to be answered with. */
record RequestSample(String name, String bytes, int status) {

    /** A request that is only a request line's rest away from being well-formed. */
    static RequestSample line(String name, String requestLine, int status) {
        return new RequestSample(name, requestLine + "\r\nHost: a\r\n\r\n", status);
    }

    /** A GET with further header lines, each ending in CR LF. */
    static RequestSample header(String name, String lines, int status) {
        return new RequestSample(name, "GET /ping HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n", status);
    }

    /** A POST with further header lines, each ending in CR LF, and with what stands behind the header. */
    static RequestSample post(String name, String lines, String body, int status) {
        return new RequestSample(name, "POST /echo HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + body, status);
    }

    /** A POST in chunks. */
    static RequestSample chunks(String name, String body, int status) {
        return post(name, "Transfer-Encoding: chunked\r\n", body, status);
    }

    @Override
    public String toString() {
        return name;
    }
}
