package dev.outrigger.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatencyScaleTest {

    @Test
    void everyDurationFallsIntoTheClassThatHoldsIt() {
        for (long nanos = 0; nanos < 137_000_000_000L; nanos = nanos * 11 / 10 + 1) {
            int index = LatencyScale.classOf(nanos);
            assertThat(nanos).isBetween(LatencyScale.begin(index), LatencyScale.begin(index + 1) - 1);
        }
    }

    @Test
    void whatIsBeyondTheScaleFallsIntoItsEnds() {
        assertThat(LatencyScale.classOf(-1)).isZero();
        assertThat(LatencyScale.classOf(Long.MAX_VALUE)).isEqualTo(LatencyScale.CLASSES - 1);
    }

    @Test
    void aQuantileLiesBetweenThoseAroundIt() {
        long[] counts = new long[LatencyScale.CLASSES];
        for (int micros = 1; micros <= 1000; micros++) {
            counts[LatencyScale.classOf(micros * 1_000L)]++;
        }
        assertThat(LatencyScale.quantile(counts, 0.5)).isBetween(450_000L, 550_000L);
        assertThat(LatencyScale.quantile(counts, 0.99)).isBetween(900_000L, 1_050_000L);
    }
}
