package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything",
        "*, ''",
        "'', ''",
        "h?llo, hello",
        "h*llo, hllo",
        "h*llo, heeeello",
        "h[ae]llo, hallo",
        "h[^e]llo, hallo",
        "h[a-c]llo, hbllo",
        "h[c-a]llo, hbllo",
        "h\\*llo, h*llo",
        "h[\\]]llo, h]llo",
        "*a*b*c, xaxbxc",
        "key:*, key:1",
        "[a, a",
        "a\\, a\\",
        "**, x",
        "*?, x",
        "a*, a"
    })
    void matches(String pattern, String text) {
        assertThat(glob(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', x", "h?llo, hllo", "h[ae]llo, hillo", "h[^e]llo, hello", "h[a-c]llo, hdllo", "h\\*llo, hello", "a*b, ac",
        "?, ''", "*?, ''", "[a, b", "ab, a", "a, ab", "[^a], ''", "[], a"
    })
    void doesNotMatch(String pattern, String text) {
        assertThat(glob(pattern, text)).isFalse();
    }

    @Test
    void bytesAreNotCharacters() {
        assertThat(glob("?", "\u00ff")).isTrue();
        assertThat(glob("[\u00f0-\u00ff]", "\u00f5")).isTrue();
    }

    @Test
    void manyStarsDoNotExplode() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(glob("a*".repeat(50) + "b", "a".repeat(10_000)))
                        .isFalse());
    }

    private static boolean glob(String pattern, String text) {
        return new GlobPattern(pattern.getBytes(ISO_8859_1)).matches(text.getBytes(ISO_8859_1));
    }
}
