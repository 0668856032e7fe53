package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeTimeoutTest {

    @ParameterizedTest
    @CsvSource({
        "10, 9500",
        "10.000000, 9500",
        "1, 500",
        "0.5, 250",
        "60, 59500",
        "1e9, 299500",
        "0, 9500",
        "-3, 9500",
        "NaN, 9500",
        "soon, 9500"
    })
    void theAnswerComesBeforeTheScraperGivesUp(String header, long expectedMillis) {
        assertThat(ScrapeTimeout.of(Optional.of(header))).isEqualTo(Duration.ofMillis(expectedMillis));
    }

    @Test
    void withoutTheHeaderPrometheusDefaultHolds() {
        assertThat(ScrapeTimeout.of(Optional.empty())).isEqualTo(Duration.ofMillis(9500));
    }
}
