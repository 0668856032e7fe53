package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.outrigger.http.Access;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessLogTest {

    private static final String TRACE = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";
    private static final String ID = "X-Request-Id: r-1\r\n";

    private final WrittenLog log = WrittenLog.of("outrigger.access", Level.INFO);
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final TestServer server = TestServer.guarded(
            BearerAuth.of("reader", "read-me", Right.READ),
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/down").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(503, "down")),
            Route.get("/later").handledBy(r -> Response.later(later, () -> {})),
            Route.get("/broken")
                    .handledBy(r ->
                            Response.stream(200, Response.TEXT, CountedBody.failingAfter(1, new IOException("disk")))),
            Route.get("/tables/{name}").handledBy(r -> {
                r.notes().table(r.pathParameter("name")).operation("scan").backend("lsm");
                r.notes().cacheHit(false).rows(17);
                return Response.text(200, "rows");
            }));

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    private String get(String path, String fields) {
        return server.answer("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
    }

    private static String token(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private void logged(String... lines) {
        await().untilAsserted(() -> assertThat(log.lines()).containsExactly(lines));
    }

    @Test
    void aRequestIsOneLine() {
        String answer = get("/tables/orders?password=hunter2", ID + TRACE + token("read-me"));
        logged("INFO request request_id=r-1 trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7"
                + " client=127.0.0.1 principal=reader method=GET route=/tables/{name} table=orders operation=scan"
                + " backend=lsm cache=miss rows=17 status=200 outcome=ok duration_ms=0.0 bytes=" + answer.length());
    }

    @ParameterizedTest
    @CsvSource({
        "/tables/t, '', 401, /tables/{name}",
        "/tables/t, 'Authorization: Bearer wrong\r\n', 401, /tables/{name}",
        "/none, '', 404, unmatched",
    })
    void whatIsRefusedIsAnError(String path, String field, int status, String route) {
        String answer = get(path, ID + field);
        logged("ERROR request request_id=r-1 client=127.0.0.1 method=GET route=" + route + " status=" + status
                + " outcome=client_error duration_ms=0.0 bytes=" + answer.length());
    }

    @Test
    void whatCannotBeReadIsAnErrorToo() {
        String answer = server.answer("BREW /pot HTTP/1.1\r\nHost: a\r\n" + ID + "\r\n");
        logged("ERROR request request_id=r-1 client=127.0.0.1 method=OTHER route=unmatched status=501"
                + " outcome=server_error duration_ms=0.0 bytes=" + answer.length());
    }

    @Test
    void probesAreNotEvenMade() {
        get("/ping", "");
        get("/down", "");
        get("/none", ID);
        await().untilAsserted(() -> assertThat(log.lines()).isNotEmpty());
        assertThat(log.lines()).singleElement().asString().contains("route=unmatched");
    }

    @Test
    void probesAreToldToWhoDebugs() {
        log.level(Level.DEBUG);
        String answer = get("/down", "");
        logged("DEBUG request request_id=0000000000000000 client=127.0.0.1 method=GET route=/down status=503"
                + " outcome=server_error duration_ms=0.0 bytes=" + answer.length());
    }

    @Test
    void aClientThatLeavesIsAnError() {
        try (RawClient client = server.connect()) {
            client.send("GET /later HTTP/1.1\r\nHost: a\r\n" + ID + token("read-me") + "\r\n");
            server.awaitTick();
            client.reset();
        }
        logged("ERROR request request_id=r-1 client=127.0.0.1 principal=reader method=GET route=/later"
                + " outcome=client_left duration_ms=0.0 bytes=0");
    }

    @Test
    void anAnswerThatBreaksOffIsAnError() {
        try (RawClient client = server.connect()) {
            assertThat(client.send("GET /broken HTTP/1.1\r\nHost: a\r\n" + ID + token("read-me") + "\r\n")
                            .seesReset())
                    .isTrue();
        }
        await().untilAsserted(() -> assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR request request_id=r-1 ")
                .contains(" status=200 outcome=broken_off "));
    }

    @Test
    void pipelinedRequestsAreLinesOfTheirOwn() {
        String request = "GET /none HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-%d\r\n\r\n";
        List<String> ids = new ArrayList<>();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            requests.append(request.formatted(i));
            ids.add("r-" + i);
        }
        server.answer(requests + "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await().untilAsserted(() -> assertThat(log.lines())
                .extracting(line -> line.replaceAll(".*request_id=(\\S+) .*", "$1"))
                .isEqualTo(ids));
    }
}
