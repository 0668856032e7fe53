package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HungCheckTest {

    private final SwitchableCheck slow = new SwitchableCheck();
    private final SwitchableCheck quick = new SwitchableCheck();

    @Test
    void atItsTimeoutACheckIsHungWithCodeTimeout() {
        DrivenMonitor driven = driven(CheckOptions.liveness());
        driven.monitor.tick();

        driven.pass(Duration.ofMillis(950));
        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.UNKNOWN);
        driven.pass(Duration.ofMillis(50));

        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.HUNG);
        CheckOutcome last = driven.check("slow").last().orElseThrow();
        assertThat(last.code()).contains(FailureCode.TIMEOUT);
        assertThat(last.message()).contains("no result within 1s");
        assertThat(last.duration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(driven.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void aHungCheckIsNotStartedAgain() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.monitor.tick();

        driven.pass(Duration.ofMinutes(1));

        assertThat(driven.executor.waiting()).isOne();
    }

    @Test
    void aHungCheckDelaysNoOther() {
        DrivenMonitor driven = new DrivenMonitor(HealthMonitor.builder()
                .check("quick", CheckOptions.readiness(), quick)
                .check("slow", CheckOptions.readiness(), slow));
        driven.monitor.tick();
        driven.executor.runNext();

        driven.pass(Duration.ofSeconds(5));

        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.HUNG);
        assertThat(driven.check("quick").status()).isEqualTo(CheckStatus.HEALTHY);
        assertThat(driven.executor.waiting())
                .as("the hung call, and the next of the quick one")
                .isEqualTo(2);
    }

    @Test
    void onceItReturnsItIsUnhealthyAndAskedAgainAtOnce() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.monitor.tick();
        driven.pass(Duration.ofSeconds(12));

        driven.executor.runNext();
        driven.monitor.tick();
        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.UNHEALTHY);
        assertThat(driven.check("slow").last().flatMap(CheckOutcome::code)).contains(FailureCode.TIMEOUT);

        driven.settle();
        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void whatItReturnsLateIsDropped() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.monitor.tick();
        driven.pass(Duration.ofSeconds(2));

        driven.executor.runNext();
        driven.monitor.tick();

        assertThat(driven.check("slow").status().isGood()).isFalse();
    }

    @Test
    void whileItHangsEachIntervalCountsAsAFailure() {
        DrivenMonitor driven = driven(CheckOptions.readiness().fall(3));
        driven.settle();
        driven.pass(Duration.ofSeconds(5));

        driven.pass(Duration.ofSeconds(10));
        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.HEALTHY);
        assertThat(driven.check("slow").last().flatMap(CheckOutcome::code)).contains(FailureCode.TIMEOUT);

        driven.pass(Duration.ofSeconds(1));
        assertThat(driven.check("slow").status()).isEqualTo(CheckStatus.HUNG);
    }

    @Test
    void theTimeOfAHungCallIsCountedOnce() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.monitor.tick();

        driven.pass(Duration.ofSeconds(11));

        assertThat(driven.check("slow").totals()).isEqualTo(new CheckTotals(3, 3, 1, Duration.ofSeconds(11)));
    }

    @Test
    void aResultThatCameTooLateFailsThoughNobodyWasAwakeToSeeItsDeadlinePass() {
        DrivenMonitor driven = driven(CheckOptions.readiness().timeout(Duration.ofMillis(20)));
        driven.monitor.tick();

        driven.time.move(Duration.ofMillis(40));
        driven.executor.runNext();
        driven.monitor.tick();

        assertThat(driven.check("slow").last().flatMap(CheckOutcome::code)).contains(FailureCode.TIMEOUT);
    }

    private DrivenMonitor driven(CheckOptions options) {
        return new DrivenMonitor(HealthMonitor.builder().check("slow", options, slow));
    }
}
