package dev.outrigger.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "000012.sst", "a/b", ".a", "a.", "..a", "a..", "...", "a/.b/..c/d", "ä/ß"})
    void aPathIsNamesWithSlashesBetween(String path) {
        assertThat(new ShardFile(path, 1, InputStream::nullInputStream).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/../b", "a\\b", "a\0b"})
    void aPathThatLeadsElsewhereIsRefused(String path) {
        assertThatThrownBy(() -> new ShardFile(path, 1, InputStream::nullInputStream))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path: '" + path + "' (expected: names with / between them)");
    }

    @Test
    void noLengthIsNegative() {
        assertThatThrownBy(() -> new ShardFile("a", -1, InputStream::nullInputStream))
                .hasMessage("bytes of a: -1 (expected: >= 0)");
    }
}
