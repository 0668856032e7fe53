package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeepAliveTest {

    private static final String COMMON = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    private static final String PONG = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 4\r\n"
            + COMMON + TestServer.DATE;

    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/slow").access(Access.PROBE).lane(Lane.OPS).handledBy(r -> Response.text(200, "slow")));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aConnectionOfHttp11IsKept() {
        try (RawClient client = server.connect()) {
            client.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readUntil("pong")).isEqualTo(PONG + "\r\npong");
            client.send("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).isEqualTo(PONG + "Connection: close\r\n\r\npong");
        }
    }

    @Test
    void aConnectionOfHttp10IsKeptOnlyWhenAsked() {
        try (RawClient client = server.connect()) {
            client.send("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.readUntil("pong")).isEqualTo(PONG + "Connection: keep-alive\r\n\r\npong");
            client.send("GET /ping HTTP/1.0\r\n\r\n");
            assertThat(client.readToEnd()).isEqualTo(PONG + "Connection: close\r\n\r\npong");
        }
    }

    @Test
    void answersToRequestsThatCameTogetherLeaveInTheirOrder() {
        try (RawClient client = server.connect()) {
            client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + "HEAD /ping HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String answers = client.readToEnd();
            assertThat(answers).containsSubsequence("slow", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "Connection: close", "pong");
        }
    }
}
