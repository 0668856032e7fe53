package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditLogTest {

    private final WrittenLog log = WrittenLog.of("outrigger.audit", Level.INFO);
    private final WrittenLog access = WrittenLog.of("outrigger.access", Level.OFF);
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestServer server = TestServer.guarded(
            BearerAuth.of("reader", "read-me", Right.READ).and("writer", "write-me", Right.WRITE),
            Route.get("/none").handledBy(r -> Response.text(200, "")),
            Route.writing(Method.PUT, "/ops/{key}").handledBy(r -> write()),
            Route.writing(Method.PUT, "/loop/{key}").lane(Lane.LOOP).handledBy(r -> write()),
            Route.writing(Method.PUT, "/fails/{key}").handledBy(r -> {
                throw new IllegalStateException("secret");
            }),
            Route.writing(Method.PUT, "/conflict/{key}").handledBy(r -> {
                throw Problem.of(409, "Not now").asException();
            }),
            Route.writing(Method.PUT, "/later/{key}").handledBy(r -> Response.later(later, abandoned::incrementAndGet)),
            Route.writing(Method.PUT, "/stream/{key}")
                    .handledBy(r -> Response.stream(200, Response.TEXT, CountedBody.of("piece"))));

    @AfterEach
    void close() {
        release.countDown();
        server.close();
        log.close();
        access.close();
    }

    private Response write() {
        written.incrementAndGet();
        return Response.empty(204);
    }

    private static String put(String path, String fields) {
        return "PUT " + path + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-1\r\nContent-Length: 5\r\n" + fields
                + "\r\nvalue";
    }

    private static String authorised(String path) {
        return put(path, "Connection: close\r\nAuthorization: Bearer write-me\r\n");
    }

    private static String line(String phase, String principal, String route, String rest) {
        return "INFO write phase=" + phase + " time=2026-11-21T03:00:00.000Z request_id=r-1 client=127.0.0.1"
                + principal + " method=PUT route=" + route + "/{key} path=" + route + "/k" + rest;
    }

    private void logged(String... lines) {
        await().untilAsserted(() -> assertThat(log.lines()).containsExactly(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ops", "/loop"})
    void aWriteIsToldBeforeAndAfter(String path) {
        assertThat(server.answer(authorised(path + "/k?value=hunter2"))).startsWith("HTTP/1.1 204 ");
        logged(
                line("before", " principal=writer", path, ""),
                line("after", " principal=writer", path, " status=204 outcome=ok"));
    }

    @Test
    void anAnswerThatComesLaterIsToldWhenItComes() {
        try (RawClient client = server.connect()) {
            client.send(authorised("/later/k"));
            logged(line("before", " principal=writer", "/later", ""));
            later.complete(Response.empty(204));
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 204 ");
        }
        logged(
                line("before", " principal=writer", "/later", ""),
                line("after", " principal=writer", "/later", " status=204 outcome=ok"));
    }

    @Test
    void aStreamIsToldWhenItBegins() {
        assertThat(server.answer(authorised("/stream/k"))).endsWith("\r\n5\r\npiece\r\n0\r\n\r\n");
        logged(
                line("before", " principal=writer", "/stream", ""),
                line("after", " principal=writer", "/stream", " status=200 outcome=ok"));
    }

    @Test
    void whatFailsIsToldWithItsCode() {
        assertThat(server.answer(authorised("/fails/k"))).startsWith("HTTP/1.1 500 ");
        assertThat(server.answer(authorised("/conflict/k"))).startsWith("HTTP/1.1 409 ");
        logged(
                line("before", " principal=writer", "/fails", ""),
                line("after", " principal=writer", "/fails", " status=500 outcome=server_error"),
                line("before", " principal=writer", "/conflict", ""),
                line("after", " principal=writer", "/conflict", " status=409 outcome=client_error"));
    }

    @Test
    void whatIsRefusedIsToldToo() {
        assertThat(server.answer(put("/ops/k", ""))).startsWith("HTTP/1.1 401 ");
        assertThat(server.answer(put("/ops/k", "Authorization: Bearer read-me\r\n")))
                .startsWith("HTTP/1.1 403 ");
        assertThat(written).hasValue(0);
        logged(
                line("refused", "", "/ops", " status=401 outcome=client_error"),
                line("refused", "", "/ops", " status=403 outcome=client_error"));
    }

    @Test
    void whatIsNoRouteThatWritesIsNotToldOf() {
        assertThat(server.answer(authorised("/none"))).startsWith("HTTP/1.1 405 ");
        assertThat(server.answer(authorised("/nowhere"))).startsWith("HTTP/1.1 404 ");
        assertThat(server.answer(authorised("/ops/k"))).startsWith("HTTP/1.1 204 ");
        await().untilAsserted(() -> assertThat(log.lines()).hasSize(2));
    }

    @Test
    void aClientThatLeavesChangesNothingOfThat() {
        try (RawClient client = server.connect()) {
            client.send(authorised("/later/k"));
            logged(line("before", " principal=writer", "/later", ""));
            server.awaitTick();
            client.reset();
        }
        logged(
                line("before", " principal=writer", "/later", ""),
                line("after", " principal=writer", "/later", " outcome=client_left"));
        await().untilAsserted(() -> assertThat(abandoned).hasValue(1));
        later.completeExceptionally(new IllegalStateException("nobody waits"));
        server.awaitTick();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void aWriteWaitsForAFullLogAndProbesDoNot() {
        log.beforeEach(this::hold);
        server.fillLog();
        await().until(() -> held.getCount() == 0);
        try (RawClient client = server.connect()) {
            client.send(authorised("/ops/k"));
            server.awaitTick();
            assertThat(server.answer("GET /nowhere HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 404 ");
            assertThat(written).hasValue(0);
            release.countDown();
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 204 ");
        }
        assertThat(written).hasValue(1);
    }

    @Test
    void aWriteWhoseClientLeftBeforeItBeganIsNotDone() {
        log.beforeEach(this::hold);
        server.fillLog();
        await().until(() -> held.getCount() == 0);
        try (RawClient client = server.connect()) {
            client.send(authorised("/ops/k"));
            server.awaitTick();
            client.reset();
            server.awaitTick();
        }
        release.countDown();
        await().untilAsserted(() -> assertThat(log.lines())
                .endsWith(
                        line("before", " principal=writer", "/ops", ""),
                        line("after", " principal=writer", "/ops", " outcome=client_left")));
        assertThat(written).hasValue(0);
    }

    private void hold() {
        held.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
