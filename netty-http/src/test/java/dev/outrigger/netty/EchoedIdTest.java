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

/** {@code X-Request-Id} on answers. */
final class EchoedIdTest {

    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/read").handledBy(r -> Response.text(200, "pong")));

    @AfterEach
    void close() {
        server.close();
    }

    private String answer(String path, String fields) {
        return server.answer("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "Connection: close\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping", "/read"})
    void theClientsOwnNameOfARequestIsEchoed(String path) {
        assertThat(answer(path, "x-request-id: a.B:9/+=_-\r\n"))
                .isEqualTo(Answers.text(200, "OK", "pong", Answers.id("a.B:9/+=_-") + Answers.CLOSE));
    }

    @Test
    void whatReadsIsNamedWhereItsClientDidNot() {
        assertThat(answer("/read", "")).isEqualTo(Answers.text(200, "OK", "pong", Answers.MADE_ID + Answers.CLOSE));
    }

    @Test
    void aProbeIsNotNamedUnlessItsClientDid() {
        assertThat(answer("/ping", "")).isEqualTo(Answers.LAST_PONG);
    }

    @Test
    void aMalformedNameIsReplacedAndNotEchoed() {
        assertThat(answer("/read", "X-Request-Id: a b\r\n"))
                .isEqualTo(Answers.text(200, "OK", "pong", Answers.MADE_ID + Answers.CLOSE));
        assertThat(answer("/ping", "X-Request-Id: " + "x".repeat(129) + "\r\n")).isEqualTo(Answers.LAST_PONG);
    }

    @Test
    void anErrorHasTheSameNameInsideAndOutside() {
        assertThat(answer("/none", ""))
                .isEqualTo(Answers.problem(404, "Not Found", "", Answers.CLOSE, "No such path", "0000000000000000"));
    }
}
