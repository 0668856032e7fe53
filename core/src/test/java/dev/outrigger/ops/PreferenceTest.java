package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {

    @Test
    void weightsAndParametersAreRead() {
        assertThat(Preference.parse("Text/Plain;Version=\"0.0.4\" ; q=0.5 , gzip, br;q=0"))
                .containsExactly(
                        new Preference("text/plain", Map.of("version", "0.0.4"), 0.5),
                        new Preference("gzip", Map.of(), 1),
                        new Preference("br", Map.of(), 0));
    }

    @Test
    void aCommaInQuotesIsNoSeparator() {
        assertThat(Preference.parse("a;x=\"1,2;3\";q=1.0"))
                .containsExactly(new Preference("a", Map.of("x", "1,2;3"), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;q=2", "a;q=-1", "a;q=x", "a;q=", "a;q=1e-1", "a;q=NaN", "a;q=1.0.0"})
    void anElementWithABadWeightIsPassedOver(String header) {
        assertThat(Preference.parse(header + ", b")).containsExactly(new Preference("b", Map.of(), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void nothingIsNoElement(String header) {
        assertThat(Preference.parse(header)).isEqualTo(List.of());
    }
}
