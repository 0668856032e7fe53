package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A paused JVM looks like a monitor that wakes up late. */
class PauseTest {

    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final SwitchableCheck check = new SwitchableCheck();

    @Test
    void aPauseCountsAgainstNoDeadline() {
        DrivenMonitor driven = driven();
        driven.monitor.tick();

        driven.time.move(LONG_PAUSE);
        driven.monitor.tick();
        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.UNKNOWN);

        driven.settle();
        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aCallThatEndsAfterAPauseBeforeTheMonitorWakesIsInTime() {
        DrivenMonitor driven = driven();
        driven.monitor.tick();

        driven.time.move(LONG_PAUSE);
        driven.executor.runNext();
        driven.monitor.tick();

        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aPauseMakesNoResultStale() {
        DrivenMonitor driven = driven();
        driven.settle();

        driven.time.move(LONG_PAUSE);
        driven.monitor.tick();

        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.HEALTHY);
        assertThat(driven.check("engine").age()).as("the age is told as it is").isEqualTo(LONG_PAUSE);
    }

    @Test
    void afterAPauseAHungCheckIsFoundAsEver() {
        DrivenMonitor driven = driven();
        driven.monitor.tick();
        driven.time.move(LONG_PAUSE);

        driven.pass(Duration.ofMillis(1_100));

        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.HUNG);
    }

    private DrivenMonitor driven() {
        return new DrivenMonitor(HealthMonitor.builder().check("engine", CheckOptions.liveness(), check));
    }
}
