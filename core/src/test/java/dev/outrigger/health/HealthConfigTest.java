package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthConfigTest {

    @Test
    void aNegativeIntervalIsRefusedByName() {
        assertRefused(() -> CheckOptions.liveness().interval(Duration.ofSeconds(-5)), "interval: -5s (expected: > 0)");
    }

    @Test
    void aZeroTimeoutIsRefusedByName() {
        assertRefused(() -> CheckOptions.liveness().timeout(Duration.ZERO), "timeout: 0s (expected: > 0)");
    }

    @Test
    void aDurationBeyondADayIsRefused() {
        assertRefused(() -> CheckOptions.liveness().timeout(Duration.ofHours(25)), "timeout: 25h (expected: <= 24h)");
    }

    @Test
    void fallAndRiseAreAtLeastOne() {
        assertRefused(() -> CheckOptions.liveness().fall(0), "fall: 0 (expected: >= 1)");
        assertRefused(() -> CheckOptions.liveness().rise(-1), "rise: -1 (expected: >= 1)");
    }

    @Test
    void onlyALocalCheckMayBeALivenessCheck() {
        assertRefused(
                () -> CheckOptions.liveness().scope(CheckScope.EXTERNAL),
                "scope: external (expected: local, since a restart mends nothing beyond this process)");
    }

    @Test
    void twoChecksOfOneNameAreRefused() {
        HealthMonitorBuilder builder =
                HealthMonitor.builder().check("disk", CheckOptions.liveness(), HealthResult::healthy);

        assertRefused(
                () -> builder.check("disk", CheckOptions.readiness(), HealthResult::healthy),
                "check: 'disk' (expected: a name that no other check has)");
    }

    @Test
    void twoGatesOfOneNameAreRefused() {
        HealthMonitorBuilder builder = HealthMonitor.builder().gate(ReadinessGate.opened("recovery"));

        assertRefused(
                () -> builder.gate(ReadinessGate.opened("recovery")),
                "gate: 'recovery' (expected: a name that no other gate has)");
    }

    @Test
    void aGateBelongsToOneMonitor() {
        ReadinessGate gate = ReadinessGate.opened("recovery");
        HealthMonitor.builder().gate(gate).build();

        assertRefused(
                () -> HealthMonitor.builder().gate(gate).build(),
                "gate: 'recovery' belongs to another monitor (expected: one of its own)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a,b",
                "a/b",
                "a b",
                "ä",
                "-a",
                "a\n",
                "\"",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aNameThatNeedsEscapingSomewhereIsRefused(String name) {
        assertThatThrownBy(() -> HealthMonitor.builder().check(name, CheckOptions.liveness(), HealthResult::healthy))
                .isInstanceOf(HealthConfigException.class)
                .hasMessageStartingWith("name: '" + name + "' (expected: ");
    }

    @Test
    void aNegativeQuickShardIsRefused() {
        assertRefused(() -> HealthMonitor.builder().quickShard(-1), "quickShard: -1 (expected: >= 0)");
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        CheckOptions options = CheckOptions.readiness();

        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.fall()).isOne();
        assertThat(options.rise()).isOne();
        assertThat(options.critical()).isTrue();
        assertThat(options.interrupts()).isFalse();
        assertThat(options.scope()).isEqualTo(CheckScope.LOCAL);
        assertThat(options.staleAfter()).isEqualTo(Duration.ofSeconds(15));
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(HealthConfigException.class)
                .hasMessage(message);
    }
}
