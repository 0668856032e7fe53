package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaleResultTest {

    private final ManualTime clock = new ManualTime();
    private final MonitorTime time = new MonitorTime(clock, clock);

    /** Nothing starts the call that would renew the result. */
    @Test
    void aResultOlderThanThreeIntervalsIsStaleAndFails() {
        CheckSlot slot = new CheckSlot("disk", CheckOptions.readiness().fall(5), HealthResult::healthy, time);
        slot.start(0, () -> {}).orElseThrow().run();
        slot.advance(0);

        assertThat(statusAt(slot, Duration.ofSeconds(15))).isEqualTo(CheckStatus.HEALTHY);
        assertThat(statusAt(slot, Duration.ofMillis(15_001))).isEqualTo(CheckStatus.STALE);
    }

    @Test
    void aFreshResultEndsStaleness() {
        CheckSlot slot = new CheckSlot("disk", CheckOptions.readiness(), HealthResult::healthy, time);
        slot.start(0, () -> {}).orElseThrow().run();
        slot.advance(0);
        assertThat(statusAt(slot, Duration.ofSeconds(16))).isEqualTo(CheckStatus.STALE);

        clock.move(Duration.ofSeconds(16));
        slot.start(time.running(), () -> {}).orElseThrow().run();

        assertThat(statusAt(slot, Duration.ofSeconds(16))).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aLongTimeoutPutsStalenessOff() {
        CheckOptions options = CheckOptions.readiness().timeout(Duration.ofSeconds(30));

        assertThat(options.staleAfter()).isEqualTo(Duration.ofSeconds(35));
    }

    private static CheckStatus statusAt(CheckSlot slot, Duration running) {
        slot.advance(running.toNanos());
        return slot.report(running.toNanos()).status();
    }
}
