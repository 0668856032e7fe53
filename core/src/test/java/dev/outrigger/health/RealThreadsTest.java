package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The monitor on its own threads, with the real clock. */
class RealThreadsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void aHungCheckShowsWhereItHangsAndDelaysNoOther() {
        try (HealthMonitor monitor = HealthMonitor.builder()
                .check("stuck", CheckOptions.readiness().timeout(Duration.ofMillis(100)), this::hang)
                .check("engine", CheckOptions.liveness(), HealthResult::healthy)
                .build()) {
            monitor.start();

            await().atMost(SOON).until(() -> status(monitor, "stuck") == CheckStatus.HUNG);
            await().atMost(SOON).until(() -> status(monitor, "engine") == CheckStatus.HEALTHY);
            assertThat(monitor.report().check("stuck").orElseThrow().stack())
                    .anyMatch(frame -> frame.contains("RealThreadsTest.hang"));
            release.countDown();
        }
    }

    @Test
    void aCheckIsInterruptedWhereItsOptionsSaySo() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CheckOptions options =
                CheckOptions.readiness().timeout(Duration.ofMillis(50)).interruptAtTimeout();
        try (HealthMonitor monitor = HealthMonitor.builder()
                .check("stuck", options, () -> {
                    try {
                        return hang();
                    } catch (InterruptedException expected) {
                        interrupted.set(true);
                        throw expected;
                    }
                })
                .build()) {
            monitor.start();

            await().atMost(SOON).untilTrue(interrupted);
            await().atMost(SOON).until(() -> status(monitor, "stuck") == CheckStatus.UNHEALTHY);
        }
    }

    @Test
    void noThreadIsThereBeforeStartOrAfterClose() {
        HealthMonitor monitor = HealthMonitor.builder()
                .check("engine", CheckOptions.liveness(), HealthResult::healthy)
                .build();
        assertThat(ownThreads()).isEmpty();

        monitor.start();
        await().atMost(SOON).until(() -> monitor.report().isReady());
        assertThat(ownThreads()).allMatch(Thread::isDaemon);
        monitor.close();

        assertThat(ownThreads()).isEmpty();
    }

    @Test
    void withNoCheckThereIsOneThread() {
        try (HealthMonitor monitor = HealthMonitor.builder().build()) {
            monitor.start();

            assertThat(ownThreads()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void closeDoesNotWaitForAHungCheckWhichThenLetsItsThreadGo() {
        HealthMonitor monitor = HealthMonitor.builder()
                .check("stuck", CheckOptions.readiness().timeout(Duration.ofMillis(50)), this::hang)
                .build();
        monitor.start();
        await().atMost(SOON).until(() -> status(monitor, "stuck") == CheckStatus.HUNG);

        monitor.close();
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.CLOSED);

        release.countDown();
        await().atMost(SOON).until(() -> ownThreads().isEmpty());
    }

    @Test
    void anInterruptedMonitorGoesOn() {
        try (HealthMonitor monitor = HealthMonitor.builder().build()) {
            monitor.start();
            await().atMost(SOON).until(() -> !ownThreads().isEmpty());
            long before = monitor.report().sequence();

            ownThreads().forEach(Thread::interrupt);

            await().atMost(SOON).until(() -> monitor.report().sequence() > before + 1);
        }
    }

    private HealthResult hang() throws InterruptedException {
        release.await();
        return HealthResult.healthy();
    }

    private static CheckStatus status(HealthMonitor monitor, String check) {
        return monitor.report().check(check).orElseThrow().status();
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("outrigger-"))
                .toList();
    }
}
