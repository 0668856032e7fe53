package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InlineRequestTest {

    @Test
    void blanksPartTheWords() {
        assertThat(split("set  k\tv ")).contains(List.of("set", "k", "v"));
        assertThat(split("  ")).contains(List.of());
    }

    @Test
    void quotesKeepBlanks() {
        assertThat(split("set \"a b\" 'c d'")).contains(List.of("set", "a b", "c d"));
        assertThat(split("set k ''")).contains(List.of("set", "k", ""));
        assertThat(split("a\"b\"")).contains(List.of("ab"));
    }

    @Test
    void escapesAreRead() {
        assertThat(split("\"\\x41\\n\\t\\\\\\\"\\q\"")).contains(List.of("A\n\t\\\"q"));
        assertThat(split("'it\\'s \\n'")).contains(List.of("it's \\n"));
    }

    @Test
    void bytesBeyondTextCanBeEscaped() {
        assertThat(new InlineRequest("\"\\xff\\x00\"").split().orElseThrow().get(0))
                .containsExactly(0xff, 0);
    }

    @Test
    void quotesThatDoNotMatchAreNoRequest() {
        assertThat(split("set \"k")).isEmpty();
        assertThat(split("set 'k")).isEmpty();
        assertThat(split("set \"k\"v")).isEmpty();
        assertThat(split("\"\\")).isEmpty();
    }

    @Test
    void textIsUtf8() {
        assertThat(split("set ключ 🔑")).contains(List.of("set", "ключ", "🔑"));
    }

    private static Optional<List<String>> split(String line) {
        return new InlineRequest(line)
                .split()
                .map(parts ->
                        parts.stream().map(part -> new String(part, UTF_8)).toList());
    }
}
