package dev.outrigger.netty;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The status lines of HTTP/1.1, which is what the server speaks whatever version it was asked in (RFC 9110, section 2.5). */
final class StatusLines {

    private static final byte[][] LINES = lines();

    private StatusLines() {}

    private static byte[][] lines() {
        byte[][] lines = new byte[600][];
        for (int status = 100; status < lines.length; status++) {
            String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
            lines[status] = Ascii.bytes("HTTP/1.1 " + status + " " + reason + "\r\n");
        }
        return lines;
    }

    static byte[] of(int status) {
        return LINES[status];
    }
}
