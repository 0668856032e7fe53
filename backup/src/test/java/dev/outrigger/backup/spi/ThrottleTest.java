package dev.outrigger.backup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong now = new AtomicLong(5);

    @Test
    void aSecondsWorthMayBeMovedAtOnceAndTheRestAtTheRate() {
        Throttle throttle = new RateThrottle(1000, now::get);

        assertThat(throttle.delay(600)).isEqualTo(Duration.ZERO);
        assertThat(throttle.delay(600)).isEqualTo(Duration.ZERO);
        assertThat(throttle.delay(600)).isEqualTo(Duration.ofMillis(200));
        pass(Duration.ofMillis(199));
        assertThat(throttle.delay(600)).isBetween(Duration.ofNanos(1), Duration.ofMillis(2));
        pass(Duration.ofMillis(2));
        assertThat(throttle.delay(600)).isEqualTo(Duration.ZERO);
        assertThat(throttle.delay(600)).isBetween(Duration.ofMillis(590), Duration.ofMillis(600));
    }

    @Test
    void onAverageTheRateIsKeptWhateverTheSizeOfThePieces() {
        Throttle throttle = new RateThrottle(10_000, now::get);
        long moved = 0;
        for (int tick = 0; tick < 10_000; tick++) {
            int piece = 1 + tick % 4096;
            if (throttle.delay(piece).isZero()) {
                moved += piece;
            }
            pass(Duration.ofMillis(10));
        }
        assertThat(moved).isBetween(990_000L, 1_020_000L);
    }

    @Test
    void whatWasNotUsedIsSavedForASecondAtMost() {
        Throttle throttle = new RateThrottle(1000, now::get);
        pass(Duration.ofHours(1));

        assertThat(throttle.delay(1001)).isEqualTo(Duration.ZERO);
        assertThat(throttle.delay(1)).isGreaterThan(Duration.ZERO);
    }

    @Test
    void aBusyHostIsNotAskedForMore() {
        AtomicBoolean busy = new AtomicBoolean(true);
        Throttle throttle = Throttle.unless(busy::get).and(new RateThrottle(1000, now::get));

        assertThat(throttle.delay(2000)).isEqualTo(Duration.ofMillis(250));
        busy.set(false);
        assertThat(throttle.delay(2000)).isEqualTo(Duration.ZERO);
        assertThat(throttle.delay(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRateIsAboveNothing() {
        assertThatThrownBy(() -> Throttle.bytesPerSecond(0)).hasMessage("rate: 0 bytes per second (expected: > 0)");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
