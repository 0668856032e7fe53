package dev.outrigger.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void numbersAreWrittenAsJavaWritesThem() {
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            assertWritten(power - 1);
            assertWritten(power);
            assertWritten(power + 1);
        }
        assertWritten(Integer.MAX_VALUE);
        assertWritten(Integer.MAX_VALUE + 1L);
        assertWritten(Long.MAX_VALUE);
        new Random(1).longs(10_000, 0, Long.MAX_VALUE).forEach(DigitsTest::assertWritten);
        new Random(1).longs(10_000, 0, 1_000_000).forEach(DigitsTest::assertWritten);
    }

    private static void assertWritten(long number) {
        byte[] out = new byte[24];
        int end = Digits.write(out, 2, number);
        assertThat(new String(out, 2, end - 2, US_ASCII)).isEqualTo(Long.toString(number));
    }
}
