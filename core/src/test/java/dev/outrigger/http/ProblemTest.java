package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    @Test
    void itsDocumentIsTheContractsToTheByte() {
        CompleteResponse response =
                Problem.of(400, "Missing query parameter: type").toResponse("r-1");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers()).containsExactly(new HeaderField("Content-Type", "application/json"));
        assertThat(new String(response.body(), UTF_8))
                .isEqualTo("{\"error\":\"Missing query parameter: type\",\"status\":400,\"request_id\":\"r-1\"}");
    }

    @Test
    void whatTheErrorQuotesIsEscaped() {
        assertThat(new String(
                        Problem.notFound("No check '\"\\\n\u00e4")
                                .toResponse("r")
                                .body(),
                        UTF_8))
                .isEqualTo("{\"error\":\"No check '\\\"\\\\\\n\u00e4\",\"status\":404,\"request_id\":\"r\"}");
    }

    @Test
    void itsHeadersFollowTheContentType() {
        assertThat(Problem.busy("Later", 3)
                        .withHeader("Allow", "GET")
                        .toResponse("r")
                        .headers())
                .containsExactly(
                        new HeaderField("Content-Type", "application/json"),
                        new HeaderField("Retry-After", "3"),
                        new HeaderField("Allow", "GET"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 304, 399, 600, -1})
    void aStatusThatIsNoErrorIsRefused(int status) {
        assertThatThrownBy(() -> Problem.of(status, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsThrownCarriesIt() {
        Problem problem = Problem.badRequest("x");
        assertThat(problem.asException().problem()).isSameAs(problem);
        assertThat(problem.asException()).hasMessage("x").hasNoCause();
    }
}
