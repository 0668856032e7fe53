package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The spellings are those of the OpenMetrics specification, section "Canonical Numbers". */
class CanonicalFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "1, 1.0",
        "10, 10.0",
        "100000, 100000.0",
        "1000000, 1e+06",
        "2500000, 2.5e+06",
        "1e10, 1e+10",
        "1e100, 1e+100",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e-10, 1e-10",
        "0.005, 0.005",
        "-0.5, -0.5",
        "-2500000, -2.5e+06",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void aNumberHasOneSpelling(double value, String expected) {
        assertThat(CanonicalFloat.of(value)).isEqualTo(expected);
    }
}
