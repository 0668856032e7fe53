package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectationTest {

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final TestServer server = TestServer.guarded(
            BearerAuth.of("writer", "write-me", Right.WRITE),
            Route.writing(Method.POST, "/echo").handledBy(r -> Response.of(200, Response.TEXT, r.body())));

    @AfterEach
    void close() {
        server.close();
    }

    private static String post(String path, String fields) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-Continue\r\n" + fields
                + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 5, hello", "Transfer-Encoding: chunked, '5|hello|0||'"})
    void aBodyThatIsWelcomeIsAskedFor(String framing, String body) {
        try (RawClient client = server.connect()) {
            client.send(post("/echo", "Authorization: Bearer write-me\r\n" + framing + "\r\n"));
            assertThat(client.read(CONTINUE.length())).isEqualTo(CONTINUE);
            client.send(body.replace("|", "\r\n"));
            assertThat(client.readToEnd()).isEqualTo(Answers.text(200, "OK", "hello", Answers.MADE_ID + Answers.CLOSE));
        }
    }

    @ParameterizedTest
    @CsvSource({"/echo, X-A: b, 5, 401", "/none, X-A: b, 5, 404", "/echo, Authorization: Bearer write-me, 65537, 413"})
    void aBodyThatIsNotWelcomeIsNot(String path, String field, int length, int status) {
        assertThat(server.answer(post(path, field + "\r\nContent-Length: " + length + "\r\n")))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains(Answers.CLOSE);
    }

    @Test
    void aBodyThatIsNotThereIsNotAskedFor() {
        assertThat(server.answer(post("/echo", "Authorization: Bearer write-me\r\nContent-Length: 0\r\n")))
                .isEqualTo(Answers.text(200, "OK", "", Answers.MADE_ID + Answers.CLOSE));
    }

    @Test
    void http10KnowsNoContinue() {
        assertThat(server.answer("POST /echo HTTP/1.0\r\nAuthorization: Bearer write-me\r\nExpect: 100-continue\r\n"
                        + "Content-Length: 5\r\n\r\nhello"))
                .isEqualTo(Answers.text(200, "OK", "hello", Answers.MADE_ID + Answers.CLOSE));
    }

    @Test
    void anUnwelcomeBodyThatComesAllTheSameIsNotTakenForARequest() {
        String body = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";
        String answers =
                server.answer("POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(answers).startsWith("HTTP/1.1 404 ").contains(Answers.CLOSE);
        assertThat(Answers.count(answers)).isEqualTo(1);
    }

    @Test
    void aBodyInOneByteSegmentsReachesTheHandlerWhole() {
        String body = "0123456789".repeat(200);
        try (RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer write-me\r\n"
                    + "Content-Length: 2000\r\n\r\n");
            for (char c : body.toCharArray()) {
                client.send(Character.toString(c));
            }
            assertThat(client.readToEnd()).isEqualTo(Answers.text(200, "OK", body, Answers.MADE_ID + Answers.CLOSE));
        }
    }
}
