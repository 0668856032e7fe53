package dev.outrigger.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogTextTest {

    @Test
    void anOrdinaryTextStaysAsItIs() {
        assertThat(LogText.of("orders/2026 ü")).isEqualTo("orders/2026 ü");
    }

    @Test
    void nothingEndsTheLineOrTheQuotation() {
        assertThat(LogText.of("a\r\nb\tc\u0000d\u001b[2Je\u0085f\u2028g\u2029h\"i"))
                .isEqualTo("a__b_c_d_[2Je_f_g_h_i");
    }

    @Test
    void aTextIsCut() {
        assertThat(LogText.of("x".repeat(300))).isEqualTo("x".repeat(256) + "…");
    }
}
