package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeepAliveTest {

    private static final String KEEP_ALIVE = "Connection: keep-alive\r\n";

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
            assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
            client.send("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void aConnectionOfHttp10IsKeptOnlyWhenAsked() {
        try (RawClient client = server.connect()) {
            client.send("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.readUntil("pong")).isEqualTo(Answers.text(200, "OK", "pong", KEEP_ALIVE));
            client.send("GET /ping HTTP/1.0\r\n\r\n");
            assertThat(client.readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "keep-alive, close", "close,keep-alive", "foo ,\tclose , bar", ",close,"})
    void oneCloseAmongTheConnectionOptionsEndsIt(String options) {
        assertThat(server.answer("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: " + options + "\r\n\r\n"))
                .isEqualTo(Answers.LAST_PONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "Upgrade, HTTP2-Settings", "", "x-close", "clo se"})
    void anotherConnectionOptionDoesNot(String options) {
        try (RawClient client = server.connect()) {
            client.send("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: " + options + "\r\n\r\n");
            assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
        }
    }

    @Test
    void answersToRequestsThatCameTogetherLeaveInTheirOrder() {
        String slow = Answers.text(200, "OK", "slow", "");
        assertThat(server.answer("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + "HEAD /ping HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .isEqualTo(slow + Answers.withoutBody(Answers.PONG) + Answers.LAST_PONG);
    }
}
