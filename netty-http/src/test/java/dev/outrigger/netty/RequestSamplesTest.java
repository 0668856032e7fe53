package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RequestSamplesTest {

    private static final String NEXT = "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final TestServer server = TestServer.serving(RequestSamples.routes());

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource
    void aRefusedRequestIsTheLastOfItsConnection(RequestSample request) {
        String answers = server.answer(request.bytes() + NEXT);
        assertThat(answers).startsWith("HTTP/1.1 " + request.status() + " ").contains(Answers.CLOSE);
        assertThat(Answers.count(answers)).isEqualTo(1);
    }

    static Stream<RequestSample> aRefusedRequestIsTheLastOfItsConnection() {
        return RequestSamples.all().filter(request -> !RequestSamples.taken().contains(request));
    }

    @ParameterizedTest
    @MethodSource
    void theRequestBehindOneThatIsTakenIsAnsweredToo(RequestSample request) {
        String answers = server.answer(request.bytes() + NEXT);
        assertThat(answers).startsWith("HTTP/1.1 " + request.status() + " ").endsWith(Answers.LAST_PONG);
        assertThat(Answers.count(answers)).isEqualTo(2);
    }

    static Stream<RequestSample> theRequestBehindOneThatIsTakenIsAnsweredToo() {
        return RequestSamples.taken().stream();
    }
}
