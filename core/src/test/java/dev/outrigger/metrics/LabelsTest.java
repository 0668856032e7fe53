package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    @Test
    void valuesAreEscapedAsBothFormatsWant() {
        assertThat(Labels.of("a", "quote \" backslash \\ line\nend", "b", "é€😀"))
                .hasToString("{a=\"quote \\\" backslash \\\\ line\\nend\",b=\"é€😀\"}");
    }

    @Test
    void aLoneSurrogateIsReplaced() {
        assertThat(Labels.of("a", "x\uD83Dy", "b", "\uDE00", "c", "\uD83D"))
                .hasToString("{a=\"x\uFFFDy\",b=\"\uFFFD\",c=\"\uFFFD\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a-b", "a:b", "__name__", "é", "a b"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.of(name, "x"))
                .withMessageStartingWith("label name: '" + name + "'");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of("a", "1", "a", "2"));
    }

    @Test
    void asManyValuesAsNamesAreNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of(List.of("a"), List.of()));
    }

    @Test
    void equalLabelsAreEqual() {
        assertThat(Labels.of("a", "1")).isEqualTo(Labels.of("a", "1")).hasSameHashCodeAs(Labels.of("a", "1"));
        assertThat(Labels.of("a", "1")).isNotEqualTo(Labels.of("a", "2"));
        assertThat(Labels.of(List.of(), List.of())).isEqualTo(Labels.none());
    }
}
