package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    private static final Handler HANDLER = request -> Response.empty(204);

    @Test
    void aRouteThatReadsIsForReadersUnlessItSaysOtherwise() {
        Route route = Route.get("/a").handledBy(HANDLER);
        assertThat(route.access()).isEqualTo(Access.READ);
        assertThat(route.lane()).isEqualTo(Lane.OPS);
        assertThat(Route.get("/a").access(Access.PROBE).handledBy(HANDLER).access())
                .isEqualTo(Access.PROBE);
    }

    @ParameterizedTest
    @EnumSource(names = {"POST", "PUT", "PATCH", "DELETE"})
    void everyOtherMethodWritesWithoutException(Method method) {
        assertThat(Route.writing(method, "/a").handledBy(HANDLER).access()).isEqualTo(Access.WRITE);
        assertThatThrownBy(() -> Route.writing(method, "/a").access(Access.READ).handledBy(HANDLER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Route.writing(method, "/a").access(Access.PROBE).handledBy(HANDLER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noGetWrites() {
        assertThatThrownBy(() -> Route.get("/a").access(Access.WRITE).handledBy(HANDLER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEAD", "OPTIONS", "UNKNOWN"})
    void whatTheServerAnswersByItselfIsNoRoutesMethod(Method method) {
        assertThatThrownBy(() -> Route.writing(method, "/a").handledBy(HANDLER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\n", "\r", "\u0000", "a\tb", "\u007f", "\u00e4", "\u2028"})
    void noHeaderValueEndsItsFieldEarly(String value) {
        assertThatThrownBy(() -> new HeaderField("X-A", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("header X-A: '[ -~]*' \\(expected: visible ASCII\\)");
        assertThatThrownBy(() -> Response.empty(200).withHeader("X-A", value))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Problem.of(400, "x").withHeader("X-A", value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X A", "X:", "X\r\nY", "\u00e4", "X(", "\u0130"})
    void noHeaderNameIsAnythingButAToken(String name) {
        assertThatThrownBy(() -> new HeaderField(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 199, 600, 1000})
    void noAnswerHasAStatusThatIsNone(int status) {
        assertThatThrownBy(() -> Response.empty(status)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUnknownMethodIsCountedUnderOneLabel() {
        assertThat(Method.UNKNOWN.label()).isEqualTo("OTHER");
        assertThat(Method.GET.label()).isEqualTo("GET");
    }
}
