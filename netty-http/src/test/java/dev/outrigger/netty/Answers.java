package dev.outrigger.netty;

import java.util.regex.Pattern;

/** What a test server's answers are, to the byte. */
final class Answers {

    /** The fields that every answer has between its own and those of the connection. */
    static final String COMMON = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n" + TestServer.DATE;

    static final String CLOSE = "Connection: close\r\n";

    /** The name of a request that brought none. */
    static final String MADE_ID = id("0000000000000000");

    static final String PONG = text(200, "OK", "pong", "");
    static final String LAST_PONG = text(200, "OK", "pong", CLOSE);

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [1-5][0-9][0-9] [^\r\n]+\r\n");

    private Answers() {}

    static String text(int status, String reason, String body, String connection) {
        return "HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + body.length() + "\r\n" + COMMON + connection + "\r\n" + body;
    }

    /** The field that names a request: every answer has it but a probe's to a client that has not named its request. */
    static String id(String id) {
        return "X-Request-Id: " + id + "\r\n";
    }

    static String problem(int status, String reason, String ownFields, String connection, String error, String id) {
        String body = "{\"error\":\"" + error + "\",\"status\":" + status + ",\"request_id\":\"" + id + "\"}";
        return "HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: application/json\r\n" + ownFields
                + "Content-Length: " + body.length() + "\r\n" + COMMON + id(id) + connection + "\r\n" + body;
    }

    /** How many answers there are in what a client has read. */
    static int count(String answers) {
        return (int) STATUS_LINE.matcher(answers).results().count();
    }

    static String withoutBody(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n") + 4);
    }
}
