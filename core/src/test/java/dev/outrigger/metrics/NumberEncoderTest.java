package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberEncoderTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1, -1",
        "99, 99",
        "100, 100",
        "0.5, 0.5",
        "-0.25, -0.25",
        "1.5, 1.5",
        "0.001, 0.001",
        "0.000000001, 0.000000001",
        "12345.678901234, 12345.678901234",
        "1234567890.125, 1234567890.125",
        "9007199254740991, 9007199254740991",
        "1.0E16, 1.0E16",
        "1e300, 1.0E300",
        "1.0E-10, 1.0E-10",
        "4.9E-324, 4.9E-324",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void aDoubleIsWrittenShort(double value, String expected) {
        assertThat(written(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 101, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, -7})
    void aLongIsWrittenAsJavaDoes(long value) {
        assertThat(written(value)).isEqualTo(Long.toString(value));
    }

    @Test
    void theLimitsOfLongAreWrittenWhole() {
        assertThat(written(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(written(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    }

    @Test
    void everyDoubleReadsBackEqual() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 200_000; i++) {
            assertReadsBack(Double.longBitsToDouble(random.nextLong()));
            assertReadsBack(random.nextLong(1L << 53) / 1e9);
            assertReadsBack(random.nextLong(1L << 53) / 1e3);
            assertReadsBack(random.nextInt() / 100.0);
            assertReadsBack(random.nextDouble());
        }
    }

    private static void assertReadsBack(double value) {
        String written = written(value);
        double read = Double.parseDouble(written.replace("Inf", "Infinity"));
        if (read != value && !Double.isNaN(value)) {
            assertThat(written).isEqualTo(Double.toString(value));
        }
        assertThat(written.length()).isLessThanOrEqualTo(NumberEncoder.MAX_LENGTH);
    }

    private static String written(double value) {
        byte[] target = new byte[NumberEncoder.MAX_LENGTH];
        return new String(target, 0, NumberEncoder.put(target, 0, value), StandardCharsets.US_ASCII);
    }

    private static String written(long value) {
        byte[] target = new byte[NumberEncoder.MAX_LENGTH];
        return new String(target, 0, NumberEncoder.put(target, 0, value), StandardCharsets.US_ASCII);
    }
}
