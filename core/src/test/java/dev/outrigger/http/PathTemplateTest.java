package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/b-c_d.e~f", "/health/checks/{name}", "/{a}/{b2_c}"})
    void aTemplateIsWhatWasWritten(String text) {
        assertThat(PathTemplate.of(text)).hasToString(text).isEqualTo(PathTemplate.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b",
                "//",
                "/a/",
                "/a//b",
                "/a b",
                "/\u00e4",
                "/%20",
                "/a?b",
                "/a#b",
                "/{",
                "/{}",
                "/{A}",
                "/{1}",
                "/{a}b",
                "/a{b}",
                "/{a-b}",
                "/*",
                "/a\n",
                "/{a}/b/{a}"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PathTemplate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: '" + text + "' (expected: ");
    }

    @Test
    void itsParametersAreNamedInOrder() {
        assertThat(PathTemplate.of("/a/{x}/b/{y}").parameters()).containsExactly("x", "y");
        assertThat(PathTemplate.of("/a/{x}").isLiteral()).isFalse();
        assertThat(PathTemplate.of("/a").parameters()).isEmpty();
        assertThat(PathTemplate.of("/a").isLiteral()).isTrue();
        assertThat(PathTemplate.of("/").isLiteral()).isTrue();
    }
}
