package dev.outrigger.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

    private static String written(Map<String, ?> root) {
        return new String(Yaml.document(root), UTF_8);
    }

    private static String scalar(Object value) {
        String document = written(Map.of("a", value));
        assertThat(document).startsWith("a: ").endsWith("\n");
        return document.substring(3, document.length() - 1);
    }

    @Test
    void blocksAreIndentedByTwoSpacesInTheOrderGiven() {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", "only");
        parameter.put("schema", Map.of("type", List.of("string", "null")));
        parameter.put("required", true);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("parameters", List.of(parameter, Map.of("name", "limit")));
        root.put("maximum", 300L);
        root.put("empty", Map.of());
        root.put("none", List.of());
        root.put("nested", List.of(List.of(1L, 2L)));

        assertThat(written(root)).isEqualTo("""
                parameters:
                  - name: only
                    schema:
                      type:
                        - string
                        - "null"
                    required: true
                  - name: limit
                maximum: 300
                empty: {}
                none: []
                nested:
                  -
                    - 1
                    - 2
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"object", "date-time", "/livez", "text/plain", "int64", "_x", "Retry-After"})
    void aTextThatCanBeTakenForNothingElseIsPlain(String text) {
        assertThat(scalar(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "200",
                "0x1f",
                "1e3",
                "1.5",
                "-",
                "~",
                "null",
                "Null",
                "true",
                "No",
                "off",
                "Y",
                ".inf",
                "2026-11-21",
                "a b",
                "a: b",
                "a #b",
                "#a",
                "*a",
                "&a",
                "{name}",
                "/readyz/{name}",
                "[a]",
                "$ref",
                "name[]",
                "@a",
                "%a",
                "=",
                "<<",
                "'a'"
            })
    void aTextThatCouldBeTakenForSomethingElseIsQuoted(String text) {
        assertThat(scalar(text)).isEqualTo('"' + text + '"');
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "22,\\\"",
                "5c,\\\\",
                "0a,\\n",
                "09,\\t",
                "0d,\\u000D",
                "00,\\u0000",
                "7f,\\u007F",
                "85,\\u0085",
                "2028,\\u2028",
                "feff,\\uFEFF",
                "fffe,\\uFFFE",
                "d800,\\uD800"
            })
    void whatIsNotPrintableIsEscaped(String codePoint, String escaped) {
        String text = Character.toString(Integer.parseInt(codePoint, 16));
        assertThat(scalar("a " + text)).isEqualTo("\"a " + escaped + "\"");
    }

    @Test
    void whatIsPrintableIsNotEscaped() {
        assertThat(scalar("größer… 😀")).isEqualTo("\"größer… 😀\"");
    }

    @Test
    void aValueThatYamlShouldNotGetHereIsRefused() {
        assertThatThrownBy(() -> scalar(1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
