package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlineTest {

    private static final String PING = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String TOO_SLOW = "Request not complete in time";

    private final CompletableFuture<Response> later = new CompletableFuture<>();
    private final SynchronousQueue<Optional<String>> pieces = new SynchronousQueue<>();
    private final CountedBody endless = CountedBody.endless(16 * 1024);
    private final TestServer server = TestServer.serving(
            Route.get("/ping").access(Access.PROBE).lane(Lane.LOOP).handledBy(r -> Response.text(200, "pong")),
            Route.get("/later").handledBy(r -> Response.later(later, () -> {})),
            Route.get("/endless").handledBy(r -> Response.stream(200, Response.TEXT, endless)),
            Route.get("/slow").handledBy(r -> Response.stream(200, Response.TEXT, CountedBody.from(pieces::take))),
            Route.writing(Method.POST, "/echo").handledBy(r -> Response.of(200, Response.TEXT, r.body())));
    private final RawClient client = server.connect(8 * 1024);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void pass(long millis) {
        server.skip(Duration.ofMillis(millis));
    }

    @Test
    void aNewConnectionThatSaysNothingIsClosedSilentlyAfterFiveSeconds() {
        pass(4_000);
        pass(1_500);
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void aNewConnectionHasNearlyFiveSecondsForItsFirstHeader() {
        pass(2_000);
        client.send("GET /ping HTTP/1.1\r\nHost: a");
        pass(2_000);
        client.send("\r\n\r\n");
        assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
    }

    @Test
    void aNewConnectionsFirstByteDoesNotWindUpItsDeadline() {
        pass(4_000);
        client.send("G");
        pass(1_500);
        assertThat(client.readToEnd())
                .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                .contains(TOO_SLOW, Answers.CLOSE);
    }

    @Test
    void noByteWindsUpTheDeadlineOfALaterHeader() {
        client.send(PING).readUntil("pong");
        pass(100_000);
        client.send("GET /ping HTTP/1.1\r\n");
        pass(2_000);
        client.send("X-Request-Id: r-7\r\n");
        pass(2_000);
        client.send("X-A: b");
        pass(1_500);
        assertThat(client.readToEnd())
                .isEqualTo(Answers.problem(408, "Request Timeout", "", Answers.CLOSE, TOO_SLOW, "r-7"));
    }

    @Test
    void aLaterHeaderIsCountedFromItsFirstByte() {
        client.send(PING).readUntil("pong");
        pass(100_000);
        client.send("GET /ping HTTP/1.1\r\n");
        pass(4_000);
        client.send("Host: a\r\n\r\n");
        assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
    }

    @Test
    void aConnectionMayBeIdleForTwoMinutes() {
        client.send(PING).readUntil("pong");
        pass(119_000);
        client.send(PING);
        assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
    }

    @Test
    void aConnectionThatIsIdleForLongerIsClosedSilently() {
        client.send(PING).readUntil("pong");
        pass(121_000);
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void aBodyMayTakeTenSeconds() {
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell");
        pass(9_000);
        client.send("o");
        assertThat(client.readUntil("hello")).isEqualTo(Answers.text(200, "OK", "hello", Answers.MADE_ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50", "Transfer-Encoding: chunked"})
    void noByteWindsUpTheDeadlineOfABody(String framing) {
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nX-Request-Id: r-7\r\n" + framing + "\r\n\r\n");
        pass(5_000);
        client.send("1");
        pass(4_000);
        client.send("1");
        pass(1_500);
        assertThat(client.readToEnd())
                .isEqualTo(Answers.problem(408, "Request Timeout", "", Answers.CLOSE, TOO_SLOW, "r-7"));
    }

    @Test
    void theTimeOfAHandlerIsNotTheClients() {
        client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        pass(3_600_000);
        later.complete(Response.text(200, "at last"));
        assertThat(client.readUntil("last")).isEqualTo(Answers.text(200, "OK", "at last", Answers.MADE_ID));
    }

    @Test
    void theTimeInWhichAPieceIsMadeIsNotTheClients() throws Exception {
        client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        pieces.put(Optional.of("one"));
        client.readUntil("one\r\n");
        pass(3_600_000);
        pass(3_600_000);
        pieces.put(Optional.of("two"));
        assertThat(client.readUntil("two\r\n")).isEqualTo("3\r\ntwo\r\n");
        pieces.put(Optional.empty());
        assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("0\r\n\r\n");
    }

    @Test
    void anAnswerThatIsNotTakenIsResetInTheEnd() {
        client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
        endless.awaitStall();
        pass(25_000);
        assertThat(endless.closedBy()).isEmpty();
        pass(3_600_000);
        await().untilAsserted(() -> assertThat(endless.closedBy()).hasSize(1));
        assertThat(client.seesReset()).isTrue();
    }

    @Test
    void whatAClientTakesGivesItMoreTime() {
        client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
        endless.awaitStall();
        client.read(20 * 1024 * 1024); // That is 20 minutes and more.
        pass(29_000);
        pass(600_000);
        client.read(1024 * 1024);
        assertThat(endless.closedBy()).isEmpty();
    }

    @Test
    void aClientThatNeitherReadsNorClosesAfterAnErrorIsLetGo() {
        client.send("nonsense\r\n\r\n");
        assertThat(client.readUntil("}")).startsWith("HTTP/1.1 400 ");
        pass(3_000);
        await().until(() -> isRefused("more"));
    }

    @Test
    void aClientThatSendsWithoutEndAfterAnErrorIsLetGo() {
        client.send("nonsense\r\n\r\n");
        await().until(() -> isRefused("x".repeat(64 * 1024)));
    }

    @Test
    void aPauseOfTheProcessCountsAgainstNoClient() {
        client.send("GET /ping HTTP/1.1\r\nHost: a");
        server.pause(Duration.ofMinutes(1));
        client.send("\r\n\r\n");
        assertThat(client.readUntil("pong")).isEqualTo(Answers.PONG);
    }

    /** Tells whether the server's end of the connection is gone, so that nobody takes what is sent. */
    private boolean isRefused(String bytes) {
        try {
            client.send(bytes);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
