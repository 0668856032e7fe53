package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.json.JsonObject;
import dev.outrigger.ops.FakeRequest;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private final FakeRequest request = FakeRequest.put("/", "{\"value\":\"x\",\"unknown\":[1]}");

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON", "application/json; charset=utf-8"})
    void jsonIsReadAndUnknownFieldsAreIgnored(String contentType) {
        String value = JsonBody.read(request.header("Content-Type", contentType), body -> body.string("value"));

        assertThat(value).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/jsonp", "application/json+x", "json"})
    void anyOtherContentIs415(String contentType) {
        assertRefused(request.header("Content-Type", contentType), 415, body -> {});
    }

    @Test
    void noContentTypeOrTwoAre415() {
        assertRefused(request, 415, body -> {});
        assertRefused(
                request.header("Content-Type", "application/json").header("Content-Type", "application/json"),
                415,
                body -> {});
    }

    @Test
    void aBodyThatDoesNotFitIs400() {
        FakeRequest json = request.header("Content-Type", "application/json");

        assertRefused(json, 400, body -> body.string("other"));
        assertRefused(FakeRequest.put("/", "").header("Content-Type", "application/json"), 400, body -> {});
    }

    private static void assertRefused(Request request, int status, Consumer<JsonObject> reading) {
        assertThatThrownBy(() -> JsonBody.<Object>read(request, body -> {
                    reading.accept(body);
                    return "read";
                }))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(e -> e.problem().status())
                .isEqualTo(status);
    }
}
