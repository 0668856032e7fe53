package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final SwitchableCheck check = new SwitchableCheck();
    private final DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder());
    private final Watch watch =
            driven.monitor.watch("10.0.0.7:9042", CheckOptions.readiness().interval(Duration.ofSeconds(2)), check);

    @Test
    void aWatchDecidesNothing() {
        check.says(HealthResult.unhealthy("away"));
        driven.settle();
        assertThat(watch.report().status()).isEqualTo(CheckStatus.UNHEALTHY);
        assertThat(driven.report().checks()).isEmpty();
        assertThat(driven.report().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void theLastSuccessIsKept() {
        driven.settle();
        Instant seen = driven.time.instant();
        assertThat(watch.report().lastGood()).hasValue(seen);
        check.says(HealthResult.unhealthy("away"));
        driven.live(Duration.ofSeconds(5));
        assertThat(watch.report().status()).isEqualTo(CheckStatus.UNHEALTHY);
        assertThat(watch.report().lastGood()).hasValue(seen);
        assertThat(watch.report().age()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aHungWatchDelaysNoOther() {
        driven.monitor.tick();
        assertThat(driven.executor.waiting()).isEqualTo(1);
        SwitchableCheck other = new SwitchableCheck();
        Watch second = driven.monitor.watch("other", CheckOptions.readiness(), other);
        driven.monitor.tick();
        assertThat(driven.executor.waiting()).as("a call each").isEqualTo(2);
        driven.pass(Duration.ofSeconds(2));
        assertThat(watch.report().status()).isEqualTo(CheckStatus.HUNG);
        driven.executor.runAll();
        driven.live(Duration.ofSeconds(5));
        assertThat(second.report().status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aWatchThatIsClosedIsNotCalledAgain() {
        driven.settle();
        watch.close();
        driven.live(Duration.ofSeconds(10));
        assertThat(check.calls()).isEqualTo(1);
    }

    @Test
    void aWatchThatBeginsLaterRunsToo() {
        driven.live(Duration.ofSeconds(1));
        SwitchableCheck late = new SwitchableCheck();
        Watch added = driven.monitor.watch("late", CheckOptions.readiness(), late);
        assertThat(added.report().status()).isEqualTo(CheckStatus.UNKNOWN);
        driven.settle();
        assertThat(added.report().status()).isEqualTo(CheckStatus.HEALTHY);
    }
}
