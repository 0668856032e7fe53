package dev.outrigger.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeyTest {

    @ParameterizedTest
    @CsvSource({"s3.access_key, S3_ACCESS_KEY", "a-b.c_d, A_B_C_D", "UPPER, UPPER", "3com, 3COM", "-, _"})
    void theVariableIsUpperCaseWithUnderscores(String key, String variable) {
        assertThat(new SecretKey(key).environmentName()).isEqualTo(variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", ".a", "a.", "a..b", "a b", "a\n", "ä", "a%", "a\0"})
    void whatIsNoKeyIsRefusedWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> new SecretKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key: malformed (expected: [A-Za-z0-9._-]{1,128}, no leading or trailing dot, no '..')");
    }

    @Test
    void aKeyHasAtMost128Characters() {
        assertThat(new SecretKey("k".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new SecretKey("k".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }
}
