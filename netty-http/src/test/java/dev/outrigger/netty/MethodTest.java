package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Access;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MethodTest {

    private static final String CHALLENGE = "WWW-Authenticate: Bearer realm=\"test\"\r\n";

    private final BearerAuth auth =
            BearerAuth.of("reader", "read-me", Right.READ).and("writer", "write-me", Right.WRITE);
    private final TestServer server = TestServer.guarded(
            auth,
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/ready")
                    .access(Access.PROBE)
                    .lane(Lane.LOOP)
                    .handledBy(r -> Response.text(503, r.seesDetails() ? "details" : "verdict")),
            Route.get("/later")
                    .access(Access.PROBE)
                    .lane(Lane.LOOP)
                    .handledBy(
                            r -> Response.later(CompletableFuture.completedFuture(Response.text(503, "no")), () -> {})),
            Route.get("/items").handledBy(r -> Response.text(200, "items")),
            Route.writing(Method.PUT, "/items").handledBy(r -> Response.empty(204)),
            Route.writing(Method.DELETE, "/items")
                    .handledBy(r -> Response.empty(204).withBody(new byte[] {'!'})),
            Route.writing(Method.POST, "/jobs").handledBy(r -> Response.text(200, "job")));

    @AfterEach
    void close() {
        server.close();
    }

    private String answer(String requestLine, String fields) {
        return server.answer(
                requestLine + "\r\nHost: a\r\nConnection: close\r\nX-Request-Id: r-1\r\n" + fields + "\r\n");
    }

    private static String token(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String problem(int status, String reason, String fields, String error) {
        return Answers.problem(status, reason, fields, Answers.CLOSE, error, "r-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ping", "/ready", "/later", "/none", "/items", "/%zz"})
    void headIsGetWithoutTheBody(String path) {
        assertThat(answer("HEAD " + path + " HTTP/1.1", ""))
                .isEqualTo(Answers.withoutBody(answer("GET " + path + " HTTP/1.1", "")));
    }

    @ParameterizedTest
    @CsvSource({"/ping, 200 OK", "/ready, 503 Service Unavailable", "/later, 503 Service Unavailable"})
    void theOptionsOfAProbeHaveItsCodeAndNoBody(String path, String status) {
        assertThat(answer("OPTIONS " + path + " HTTP/1.1", ""))
                .isEqualTo("HTTP/1.1 " + status + "\r\nAllow: GET, HEAD, OPTIONS\r\nContent-Length: 0\r\n"
                        + Answers.COMMON + Answers.id("r-1") + Answers.CLOSE + "\r\n");
    }

    @Test
    void theOptionsOfAnotherPathNeedARightAndTellItsMethods() {
        assertThat(answer("OPTIONS /items HTTP/1.1", "")).startsWith("HTTP/1.1 401 ");
        assertThat(answer("OPTIONS /items HTTP/1.1", token("read-me")))
                .isEqualTo("HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, PUT, DELETE, OPTIONS\r\n" + Answers.COMMON
                        + Answers.id("r-1") + Answers.CLOSE + "\r\n");
    }

    @Test
    void anotherMethodOfAProbeIsNotAllowed() {
        assertThat(answer("POST /ping HTTP/1.1", ""))
                .isEqualTo(problem(405, "Method Not Allowed", "Allow: GET, HEAD, OPTIONS\r\n", "Method not allowed"));
    }

    @Test
    void theRightIsAskedForBeforeTheMethod() {
        String unauthorised = problem(401, "Unauthorized", CHALLENGE, "A valid token is needed");
        assertThat(answer("POST /items HTTP/1.1", "")).isEqualTo(unauthorised);
        assertThat(answer("GET /jobs HTTP/1.1", "")).isEqualTo(unauthorised);
        assertThat(answer("POST /items HTTP/1.1", token("read-me")))
                .isEqualTo(problem(
                        405, "Method Not Allowed", "Allow: GET, HEAD, PUT, DELETE, OPTIONS\r\n", "Method not allowed"));
        assertThat(answer("GET /jobs HTTP/1.1", token("read-me"))).startsWith("HTTP/1.1 403 ");
        assertThat(answer("GET /jobs HTTP/1.1", token("write-me"))).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aPathThatDoesNotExistIsNotFoundByAnybody() {
        String notFound = problem(404, "Not Found", "", "No such path");
        assertThat(answer("GET /none HTTP/1.1", "")).isEqualTo(notFound);
        assertThat(answer("POST /none HTTP/1.1", token("write-me"))).isEqualTo(notFound);
    }

    @Test
    void aRouteThatReadsTakesEitherToken() {
        assertThat(answer("GET /items HTTP/1.1", token("read-me"))).endsWith("items");
        assertThat(answer("GET /items HTTP/1.1", token("write-me"))).endsWith("items");
    }

    @Test
    void aRouteThatWritesTakesAWritersTokenOnly() {
        assertThat(answer("PUT /items HTTP/1.1", "")).startsWith("HTTP/1.1 401 ");
        assertThat(answer("PUT /items HTTP/1.1", token("read-me")))
                .isEqualTo(problem(403, "Forbidden", "", "This token may not call this route"));
        assertThat(answer("PUT /items HTTP/1.1", token("write-me")))
                .isEqualTo("HTTP/1.1 204 No Content\r\n" + Answers.COMMON + Answers.id("r-1") + Answers.CLOSE + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer wrong\r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Basic read-me\r\n",
                "Authorization: read-me\r\n",
                "Authorization: Bearer read-me, Bearer read-me\r\n",
                "Authorization: Bearer read-me\r\nAuthorization: Bearer read-me\r\n",
                "Proxy-Authorization: Bearer read-me\r\n",
                "Cookie: token=read-me\r\n"
            })
    void aBadCredentialIsAsGoodAsNone(String fields) {
        assertThat(answer("GET /items HTTP/1.1", fields)).startsWith("HTTP/1.1 401 Unauthorized\r\n");
        assertThat(answer("GET /ready HTTP/1.1", fields))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("verdict");
    }

    @Test
    void aTokenIsTakenFromTheHeaderAlone() {
        assertThat(answer("GET /items?token=read-me&access_token=read-me HTTP/1.1", ""))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aProbeShowsItsDetailsToThoseItKnows() {
        assertThat(answer("GET /ready HTTP/1.1", ""))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("verdict");
        assertThat(answer("GET /ready HTTP/1.1", token("read-me")))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("details");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/", "/%69tems", "//items", "/items?", "http://b/items", "/items/?a=b"})
    void noSpellingOfAPathOpensIt(String target) {
        assertThat(answer("GET " + target + " HTTP/1.1", "")).containsPattern("^HTTP/1.1 40[14] ");
    }

    @Test
    void anAnswerThatMayHaveNoBodyHasNone() {
        assertThat(answer("DELETE /items HTTP/1.1", token("write-me")))
                .isEqualTo("HTTP/1.1 204 No Content\r\n" + Answers.COMMON + Answers.id("r-1") + Answers.CLOSE + "\r\n");
    }

    @Test
    void theOptionsOfHaproxysDefaultCheckWorkWithoutHost() {
        assertThat(server.answer("OPTIONS /ready HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 503 Service Unavailable\r\nAllow: GET, HEAD, OPTIONS\r\nContent-Length: 0\r\n");
    }

    @Test
    void anAuthenticatorThatThrowsKnowsNobody() {
        try (TestServer broken = TestServer.guarded(
                head -> {
                    throw new IllegalStateException("secret");
                },
                Route.get("/items").handledBy(r -> Response.text(200, "items")))) {
            assertThat(broken.answer("GET /items HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n"))
                    .startsWith("HTTP/1.1 401 ")
                    .doesNotContain("secret");
        }
    }
}
