package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckRunningTest {

    private final SwitchableCheck disk = new SwitchableCheck();

    @Test
    void beforeItsFirstResultACheckIsUnknownAndTheNodeLiveButNotReady() {
        DrivenMonitor driven =
                new DrivenMonitor(HealthMonitor.builder().check("engine", CheckOptions.liveness(), disk));

        assertThat(driven.check("engine").status()).isEqualTo(CheckStatus.UNKNOWN);
        assertThat(driven.report().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(driven.report().reasons()).containsExactly("check:engine");
    }

    @Test
    void aGoodFirstResultMakesTheNodeReady() {
        DrivenMonitor driven = driven(CheckOptions.readiness());

        driven.settle();

        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void aCheckRunsOnceAnInterval() {
        DrivenMonitor driven = driven(CheckOptions.readiness());

        driven.settle();
        driven.live(Duration.ofSeconds(20));

        assertThat(disk.calls()).isEqualTo(5);
    }

    @Test
    void aFailureShowsItsMessageAndDetails() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        disk.says(HealthResult.unhealthy("read-only").withDetail("path", "/data"));

        driven.settle();

        CheckOutcome last = driven.check("disk").last().orElseThrow();
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.UNHEALTHY);
        assertThat(last.code()).isEmpty();
        assertThat(last.message()).contains("read-only");
        assertThat(last.details()).containsEntry("path", "/data");
        assertThat(last.time()).isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    }

    @Test
    void aDegradedResultPassesAndDegradesTheNode() {
        DrivenMonitor driven = driven(CheckOptions.liveness());
        disk.says(HealthResult.degraded("slow"));

        driven.settle();

        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void anExceptionIsAFailureWithCodeError() {
        assertError(
                () -> {
                    throw new IllegalStateException("no such device");
                },
                "no such device");
    }

    @Test
    void anErrorFailsItsCheckAndTheMonitorGoesOn() {
        assertError(
                () -> {
                    throw new StackOverflowError();
                },
                "StackOverflowError");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aNullResultIsAFailureWithCodeError() {
        assertError(() -> null, "it returned null");
    }

    @Test
    void anExceptionWithoutAUsableMessageIsStillAFailure() {
        assertError(
                () -> {
                    throw new IllegalStateException() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public String getMessage() {
                            throw new UnsupportedOperationException();
                        }
                    };
                },
                "");
    }

    private void assertError(HealthCheck check, String message) {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        disk.does(check);

        driven.settle();

        CheckOutcome last = driven.check("disk").last().orElseThrow();
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.UNHEALTHY);
        assertThat(last.code()).contains(FailureCode.ERROR);
        assertThat(last.message()).contains(message);

        disk.says(HealthResult.healthy());
        driven.live(Duration.ofSeconds(5));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aCheckThatGetsNoThreadFailsWithCodeErrorAndIsTriedAgain() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.executor.refuse(true);

        driven.settle();
        assertThat(driven.check("disk").last().flatMap(CheckOutcome::code)).contains(FailureCode.ERROR);

        driven.executor.refuse(false);
        driven.live(Duration.ofSeconds(5));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void itTakesFallFailuresInARowToFail() {
        DrivenMonitor driven = driven(CheckOptions.readiness().fall(3).interval(Duration.ofSeconds(1)));
        driven.settle();

        disk.says(HealthResult.unhealthy("gone"));
        driven.live(Duration.ofSeconds(2));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);
        disk.says(HealthResult.healthy());
        driven.live(Duration.ofSeconds(1));
        disk.says(HealthResult.unhealthy("gone"));
        driven.live(Duration.ofSeconds(2));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);

        driven.live(Duration.ofSeconds(1));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.UNHEALTHY);
    }

    @Test
    void itTakesRiseSuccessesInARowToPass() {
        DrivenMonitor driven = driven(CheckOptions.readiness().rise(2).interval(Duration.ofSeconds(1)));

        driven.settle();
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.UNKNOWN);

        driven.live(Duration.ofSeconds(1));
        assertThat(driven.check("disk").status()).isEqualTo(CheckStatus.HEALTHY);
    }

    @Test
    void aNonCriticalFailureDegradesAndNoMore() {
        DrivenMonitor driven = driven(CheckOptions.liveness().nonCritical());
        disk.says(HealthResult.unhealthy("gone"));

        driven.settle();

        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void aFailedReadinessCheckNeverFailsLiveness() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        disk.says(HealthResult.unhealthy("full"));

        driven.settle();

        assertThat(driven.report().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(driven.report().reasons()).containsExactly("check:disk");
    }

    @Test
    void aFailedLivenessCheckMakesTheNodeUnhealthyAndNotReady() {
        DrivenMonitor driven = driven(CheckOptions.liveness());
        disk.says(HealthResult.unhealthy("worker died"));

        driven.settle();

        assertThat(driven.report().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(driven.report().reasons()).containsExactly("check:disk");
    }

    @Test
    void totalsNeverFall() {
        DrivenMonitor driven = driven(CheckOptions.readiness());
        driven.settle();
        disk.says(HealthResult.unhealthy("gone"));
        driven.live(Duration.ofSeconds(5));

        assertThat(driven.check("disk").totals()).isEqualTo(new CheckTotals(2, 1, 2, Duration.ZERO));
    }

    @Test
    void aReportKnowsNoCheckThatWasNotRegistered() {
        assertThat(driven(CheckOptions.readiness()).report().check("engine")).isEqualTo(Optional.empty());
    }

    private DrivenMonitor driven(CheckOptions options) {
        return new DrivenMonitor(HealthMonitor.builder().check("disk", options, disk));
    }
}
