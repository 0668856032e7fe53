package dev.outrigger.netty;

import static dev.outrigger.netty.RequestSample.chunks;
import static dev.outrigger.netty.RequestSample.header;
import static dev.outrigger.netty.RequestSample.line;
import static dev.outrigger.netty.RequestSample.post;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** Requests of every kind that a server may meet, for tests that are about all of them. */
final class RequestSamples {

    private RequestSamples() {}

    /** The routes that the samples ask for. */
    static Route[] routes() {
        return new Route[] {
            Route.get("/").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "root")),
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/items/{name}")
                    .access(Access.PROBE)
                    .lane(Lane.LOOP)
                    .handledBy(r -> Response.text(200, r.pathParameter("name"))),
            Route.writing(Method.POST, "/echo").handledBy(r -> Response.of(200, Response.TEXT, r.body()))
        };
    }

    static Stream<RequestSample> all() {
        return Stream.of(
                        refusedForTheirLength(),
                        refusedForTheirHeader(),
                        refusedForTheirLine(),
                        refusedForTheirChunks(),
                        taken())
                .flatMap(List::stream);
    }

    static List<RequestSample> refusedForTheirLength() {
        return List.of(
                post("length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400),
                post("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n", 400),
                post("length and unknown coding", "Content-Length: 5\r\nTransfer-Encoding: gzip\r\n", "12345", 400),
                post("unknown coding and length", "Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "12345", 400),
                post("two differing lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", "123456", 400),
                post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n", "12345", 400),
                post("a list of lengths", "Content-Length: 5, 5\r\n", "12345", 400),
                post("a length with a plus", "Content-Length: +5\r\n", "12345", 400),
                post("a negative length", "Content-Length: -5\r\n", "12345", 400),
                post("a length with a space", "Content-Length: 1 0\r\n", "1234567890", 400),
                post("a hexadecimal length", "Content-Length: 0x5\r\n", "12345", 400),
                post("a length that ends in a letter", "Content-Length: 5a\r\n", "12345", 400),
                post("an empty length", "Content-Length:\r\n", "", 400),
                post("a length with a fraction", "Content-Length: 5.0\r\n", "12345", 400),
                post("a length beyond a long", "Content-Length: 18446744073709551621\r\n", "12345", 400),
                post("a length of other digits", "Content-Length: \u00b2\r\n", "12", 400),
                post("chunked twice", "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n", 501),
                post(
                        "chunked in two fields",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                        "0\r\n\r\n",
                        400),
                post(
                        "a coding, then chunked, in two fields",
                        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
                        "0\r\n\r\n",
                        400),
                post(
                        "chunked, then a coding, in two fields",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                        "0\r\n\r\n",
                        400),
                post("xchunked", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", 501),
                post("chunked, xchunked", "Transfer-Encoding: chunked, xchunked\r\n", "0\r\n\r\n", 501),
                post("gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", 501),
                post("identity", "Transfer-Encoding: identity\r\n", "", 501),
                post("no coding at all", "Transfer-Encoding:\r\n", "", 501),
                post("a quoted coding", "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n", 501),
                post("a coding with a parameter", "Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n", 501),
                post("a coding behind a vertical tab", "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n", 400),
                new RequestSample(
                        "chunks in HTTP/1.0",
                        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                post("a body over the limit", "Content-Length: 65537\r\n", "", 413),
                post("a length that fits no int", "Content-Length: 4294967301\r\n", "12345", 413),
                post("another expectation", "Expect: 200-ok\r\nContent-Length: 5\r\n", "12345", 417),
                post("two expectations", "Expect: 100-continue, x\r\nContent-Length: 5\r\n", "12345", 417));
    }

    static List<RequestSample> refusedForTheirHeader() {
        return List.of(
                header("a folded line", "X-A: b\r\n c\r\n", 400),
                header("a folded line with a tab", "X-A: b\r\n\tc\r\n", 400),
                new RequestSample("a first line that is folded", "GET /ping HTTP/1.1\r\n Host: a\r\n\r\n", 400),
                header("a bare CR in a value", "X-A: b\rc\r\n", 400),
                header("a bare CR that hides a field", "X-A: b\rContent-Length: 5\r\n", 400),
                header("a bare CR in a name", "X\r-A: b\r\n", 400),
                header("two CRs before the LF", "X-A: b\r\r\n", 400),
                header("a bare LF", "X-A: b\nX-C: d\r\n", 400),
                new RequestSample("an end of bare LFs", "GET /ping HTTP/1.1\r\nHost: a\n\n", 400),
                new RequestSample("an end of CR LF and LF", "GET /ping HTTP/1.1\r\nHost: a\r\n\n", 400),
                header("NUL in a value", "X-A: b\u0000c\r\n", 400),
                header("NUL in a name", "X\u0000A: b\r\n", 400),
                header("DEL in a value", "X-A: b\u007f\r\n", 400),
                header("an escape in a value", "X-A: \u001b[2J\r\n", 400),
                header("a space before the colon", "X-A : b\r\n", 400),
                header("a tab before the colon", "Content-Length\t: 5\r\n", 400),
                header("a line without a colon", "X-A\r\n", 400),
                header("an empty name", ": b\r\n", 400),
                header("a name in brackets", "(X): b\r\n", 400),
                header("a name that is not ASCII", "X-\u00e4: b\r\n", 400),
                header("a space within a name", "Content Length: 5\r\n", 400),
                new RequestSample("no Host", "GET /ping HTTP/1.1\r\n\r\n", 400),
                header("two Hosts", "Host: b\r\n", 400),
                header("two equal Hosts", "host: a\r\n", 400),
                new RequestSample("an empty Host", "GET /ping HTTP/1.1\r\nHost:\r\n\r\n", 400),
                new RequestSample("a Host with a path", "GET /ping HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
                new RequestSample("a Host with a user", "GET /ping HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
                new RequestSample("a Host with a space", "GET /ping HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                new RequestSample("a Host with a port of letters", "GET /ping HTTP/1.1\r\nHost: a:80x\r\n\r\n", 400),
                new RequestSample("a Host that is a port", "GET /ping HTTP/1.1\r\nHost: :80\r\n\r\n", 400),
                new RequestSample("a Host with two ports", "GET /ping HTTP/1.1\r\nHost: a:80:80\r\n\r\n", 400),
                new RequestSample("an open bracket in Host", "GET /ping HTTP/1.1\r\nHost: [::1\r\n\r\n", 400),
                new RequestSample("two Hosts in HTTP/1.0", "GET /ping HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                header("101 fields", "X: y\r\n".repeat(100), 431),
                header("a header over 16 KiB in one field", "X: " + "y".repeat(16 * 1024) + "\r\n", 431),
                header("a header over 16 KiB in many", ("X: " + "y".repeat(995) + "\r\n").repeat(17), 431),
                headerOf("a header of one byte too much", 16 * 1024 + 1, 431),
                headerOf("a header of two bytes too much", 16 * 1024 + 2, 431),
                headerOf("a header of three bytes too much", 16 * 1024 + 3, 431));
    }

    /** A GET whose header, the empty line at its end included, is so long. */
    static RequestSample headerOf(String name, int bytes, int status) {
        return header(name, "X: " + "y".repeat(bytes - "Host: a\r\nX: \r\n\r\n".length()) + "\r\n", status);
    }

    static List<RequestSample> refusedForTheirLine() {
        return List.of(
                line("an empty line before", "\r\nGET /ping HTTP/1.1", 400),
                line("a bare LF before", "\nGET /ping HTTP/1.1", 400),
                line("a space before", " GET /ping HTTP/1.1", 400),
                line("NUL before", "\u0000GET /ping HTTP/1.1", 400),
                line("a byte order mark before", "\u00ef\u00bb\u00bfGET /ping HTTP/1.1", 400),
                new RequestSample(
                        "the greeting of TLS",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                        400),
                new RequestSample("HTTP/0.9", "GET /ping\r\n", 400),
                line("no target", "GET HTTP/1.1", 400),
                line("two spaces before the target", "GET  /ping HTTP/1.1", 400),
                line("two spaces behind the target", "GET /ping  HTTP/1.1", 400),
                line("a tab for a space", "GET\t/ping\tHTTP/1.1", 400),
                line("a space behind the version", "GET /ping HTTP/1.1 ", 400),
                line("a space in the target", "GET /pi ng HTTP/1.1", 400),
                line("a bare CR in the target", "GET /pi\rng HTTP/1.1", 400),
                line("a bare CR behind the version", "GET /ping HTTP/1.1\r", 400),
                line("NUL in the target", "GET /pi\u0000ng HTTP/1.1", 400),
                line("raw bytes in the target", "GET /\u00c3\u00a4 HTTP/1.1", 400),
                line("a fragment", "GET /ping#top HTTP/1.1", 400),
                line("a backslash", "GET \\ping HTTP/1.1", 400),
                line("no slash", "GET ping HTTP/1.1", 400),
                line("an asterisk for GET", "GET * HTTP/1.1", 400),
                line("two asterisks", "OPTIONS ** HTTP/1.1", 400),
                line("an authority for GET", "GET a:80 HTTP/1.1", 400),
                line("another scheme", "GET ftp://a/ping HTTP/1.1", 400),
                line("an absolute form with a user", "GET http://u:p@a/ping HTTP/1.1", 400),
                line("an absolute form without an authority", "GET http:///ping HTTP/1.1", 400),
                line("a scheme and nothing else", "GET http:// HTTP/1.1", 400),
                line("a scheme with one slash", "GET http:/ping HTTP/1.1", 400),
                line("a version in lower case", "GET /ping http/1.1", 400),
                line("a version of another protocol", "GET /ping SIP/2.0", 400),
                line("a version without a minor number", "GET /ping HTTP/1", 400),
                line("a version with two digits", "GET /ping HTTP/1.10", 400),
                line("a version of letters", "GET /ping HTTP/a.b", 400),
                line("HTTP/1.2", "GET /ping HTTP/1.2", 505),
                line("HTTP/2.0", "GET /ping HTTP/2.0", 505),
                line("HTTP/0.9 spelt out", "GET /ping HTTP/0.9", 505),
                new RequestSample("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
                line("TRACE", "TRACE /ping HTTP/1.1", 501),
                line("CONNECT", "CONNECT a:443 HTTP/1.1", 501),
                line("PROPFIND", "PROPFIND /ping HTTP/1.1", 501),
                line("a method in lower case", "get /ping HTTP/1.1", 501),
                line("the method UNKNOWN", "UNKNOWN /ping HTTP/1.1", 501),
                line("a method in brackets", "(GET) /ping HTTP/1.1", 400),
                line("a target one byte over 8 KiB", "GET " + target(8 * 1024 + 1) + " HTTP/1.1", 414),
                line("a target of 16 KiB", "GET " + target(16 * 1024) + " HTTP/1.1", 414),
                line("a method of 8 KiB", "G".repeat(8 * 1024) + " " + target(100) + " HTTP/1.1", 414),
                line("a method of 20 KB", "G".repeat(20_000) + " /ping HTTP/1.1", 414));
    }

    static String target(int bytes) {
        return "/items/" + "x".repeat(bytes - "/items/".length());
    }

    static List<RequestSample> refusedForTheirChunks() {
        return List.of(
                chunks("a chunk size that is no number", "x\r\n", 400),
                chunks("an empty chunk size", "\r\n", 400),
                chunks("a negative chunk size", "-5\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size with a plus", "+5\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size with 0x", "0x5\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size behind a space", " 5\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size before a space", "5 \r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size and a word", "5 x\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size that overflows", "100000005\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size that overflows a long", "10000000000000005\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size with a fraction", "5.0\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size that ends in LF", "5\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk size that ends in CR", "5\rhello\r\n0\r\n\r\n", 400),
                chunks("a bare CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n", 400),
                chunks("NUL in an extension", "5;\u0000\r\nhello\r\n0\r\n\r\n", 400),
                chunks("an extension over 1 KiB", "5;" + "a".repeat(1025) + "\r\nhello\r\n0\r\n\r\n", 400),
                chunks("a chunk longer than its size", "5\r\nhellooo\r\n0\r\n\r\n", 400),
                chunks("a chunk that ends in LF", "5\r\nhello\n0\r\n\r\n", 400),
                chunks("a chunk without an end", "5\r\nhello0\r\n\r\n", 400),
                chunks("a trailer without a colon", "0\r\nx\r\n\r\n", 400),
                chunks("a folded trailer", "0\r\na: b\r\n c\r\n\r\n", 400),
                chunks("a trailer with a space before its colon", "0\r\na : b\r\n\r\n", 400),
                chunks("33 trailers", "0\r\n" + "a: b\r\n".repeat(33) + "\r\n", 400),
                chunks("an end of bare LFs", "0\n\n", 400),
                chunks("one chunk over the limit", "10001\r\n", 413),
                chunks("a huge chunk", "ffffffff\r\n", 413),
                chunks("chunks that are over the limit together", "ffff\r\n" + "x".repeat(0xffff) + "\r\n2\r\n", 413));
    }

    /** Requests that are well-formed, however odd, and keep their connection. */
    static List<RequestSample> taken() {
        return Stream.of(takenTargets(), takenHeaders(), takenBodies())
                .flatMap(List::stream)
                .toList();
    }

    private static List<RequestSample> takenTargets() {
        return List.of(
                line("a plain one", "GET /ping HTTP/1.1", 200),
                line("one with a query", "GET /ping?a=%zz&b HTTP/1.1", 200),
                line("one with a trailing slash", "GET /ping/ HTTP/1.1", 200),
                line("an encoded letter", "GET /%70ing HTTP/1.1", 200),
                line("an encoded slash in a parameter", "GET /items/a%2Fb HTTP/1.1", 200),
                new RequestSample("a Host with a port", "GET /ping HTTP/1.1\r\nHost: a:80\r\n\r\n", 200),
                new RequestSample("an address as Host", "GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
                new RequestSample("a long address as Host", "GET /ping HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200),
                new RequestSample("a Host of digits", "GET /ping HTTP/1.1\r\nHost: 80\r\n\r\n", 200),
                line("an absolute form", "GET http://b/ping HTTP/1.1", 200),
                line("an absolute form in upper case", "GET HTTP://b:80/ping HTTP/1.1", 200),
                line("an absolute form of TLS", "GET https://[::1]:443/ping HTTP/1.1", 200),
                line("an absolute form without a path", "GET http://b HTTP/1.1", 200),
                line("an absolute form with a query only", "GET http://b?x=/ping HTTP/1.1", 200),
                line("an asterisk for OPTIONS", "OPTIONS * HTTP/1.1", 200),
                line("options", "OPTIONS /ping HTTP/1.1", 200),
                line("a path of nobody", "GET /none HTTP/1.1", 404),
                line("a path that ends in two slashes", "GET /ping// HTTP/1.1", 404),
                line("an encoded slash between segments", "GET /items%2Fa HTTP/1.1", 404),
                line("dots", "GET /items/../ping HTTP/1.1", 404),
                line("an authority for a path", "GET //ping HTTP/1.1", 404),
                line("malformed percent-encoding", "GET /%zz HTTP/1.1", 400),
                line("a percent sign at the end", "GET /% HTTP/1.1", 400),
                line("half an escape at the end", "GET /%7 HTTP/1.1", 400),
                line("an encoded NUL", "GET /%00 HTTP/1.1", 400),
                line("an escape that is not UTF-8", "GET /%ff HTTP/1.1", 400),
                line("an overlong escape", "GET /%c0%af HTTP/1.1", 400),
                line("an encoded surrogate", "GET /%ed%a0%80 HTTP/1.1", 400),
                line("another method", "DELETE /ping HTTP/1.1", 405),
                line("a target of 8 KiB - 1", "GET " + target(8 * 1024 - 1) + " HTTP/1.1", 200),
                line("a target of 8 KiB", "GET " + target(8 * 1024) + " HTTP/1.1", 200));
    }

    private static List<RequestSample> takenHeaders() {
        return List.of(
                headerOf("a header of 16 KiB - 1", 16 * 1024 - 1, 200),
                headerOf("a header of 16 KiB", 16 * 1024, 200),
                header("100 fields", "X: y\r\n".repeat(99), 200),
                header("no space behind a colon", "X-A:b\r\n", 200),
                header("much space around a value", "X-A: \t b \t \r\n", 200),
                header("an empty value", "X-A:\r\n", 200),
                header("a value that is not ASCII", "X-A: \u00e4\r\n", 200),
                header(
                        "an offer to upgrade",
                        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n",
                        200),
                header(
                        "an offer of a websocket",
                        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AA\r\n",
                        200),
                new RequestSample("a Host of IPv6", "GET /ping HTTP/1.1\r\nhOsT: [::1]:80\r\n\r\n", 200));
    }

    private static List<RequestSample> takenBodies() {
        return List.of(
                post("a body", "Content-Length: 5\r\n", "hello", 200),
                post("an empty body", "Content-Length: 0\r\n", "", 200),
                post("no body", "", "", 200),
                post("a length with zeros before it", "Content-Length: 0005\r\n", "hello", 200),
                post("a body of 64 KiB", "Content-Length: 65536\r\n", "x".repeat(65_536), 200),
                chunks("no chunk", "0\r\n\r\n", 200),
                chunks("two chunks", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 200),
                chunks("a chunk size with zeros before it", "0005\r\nhello\r\n0\r\n\r\n", 200),
                chunks("a chunk size in upper case", "A\r\n0123456789\r\n00\r\n\r\n", 200),
                chunks("extensions", "5;a=b;c=\"d\" ; e\r\nhello\r\n0;x\r\n\r\n", 200),
                chunks("an extension behind a space", "5 ;a\r\nhello\r\n0\r\n\r\n", 200),
                chunks("trailers", "5\r\nhello\r\n0\r\nA: b\r\nContent-Length: 7\r\n\r\n", 200),
                chunks(
                        "chunks of 64 KiB together",
                        "8000\r\n" + "x".repeat(0x8000) + "\r\n8000\r\n" + "x".repeat(0x8000) + "\r\n0\r\n\r\n",
                        200),
                post("chunked in upper case", "Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n", 200),
                post("a wish for 100 with HTTP/1.1 and no body", "Expect: 100-continue\r\n", "", 200));
    }
}
