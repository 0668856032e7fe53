package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LifeOfAMonitorTest {

    private final ReadinessGate recovery = ReadinessGate.closed("recovery", "replaying");
    private final DrivenMonitor driven =
            new DrivenMonitor(HealthMonitor.builder().gate(recovery));

    @Test
    void beforeStartTheNodeIsStarting() {
        HealthMonitor monitor = HealthMonitor.builder().build();

        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.STARTING);
        assertThat(monitor.report().reasons()).containsExactly("starting");
        assertThat(monitor.report().takesTraffic()).isFalse();
    }

    @Test
    void aNodeIsStartingUntilItsGateWasOpenOnce() {
        assertThat(driven.report().lifecycle()).isEqualTo(Lifecycle.STARTING);
        assertThat(driven.report().reasons()).containsExactly("starting", "gate:recovery");

        recovery.open();

        assertThat(driven.report().lifecycle()).isEqualTo(Lifecycle.RUNNING);
        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void startedLatches() {
        recovery.open();
        recovery.close("once more");

        assertThat(driven.report().started()).isTrue();
        assertThat(driven.report().lifecycle()).isEqualTo(Lifecycle.RUNNING);
        assertThat(driven.report().reasons()).containsExactly("gate:recovery");
    }

    @Test
    void progressIsToldWithinASecondWhileTheGateIsClosed() {
        recovery.progress(3, 10, "replaying the log");
        driven.pass(Duration.ofSeconds(1));
        assertThat(driven.report().progress()).contains(new Progress(3, OptionalLong.of(10), "replaying the log"));

        recovery.open();
        assertThat(driven.report().progress()).isEmpty();
    }

    @Test
    void aTotalThatIsNotKnownIsNotTold() {
        recovery.progress(-3, -1, "counting");
        driven.pass(Duration.ofSeconds(1));

        assertThat(driven.report().progress()).contains(new Progress(0, OptionalLong.empty(), "counting"));
    }

    @Test
    void drainingShowsAtOnceAndLatches() {
        recovery.open();

        driven.monitor.drain();
        assertThat(driven.report().lifecycle()).isEqualTo(Lifecycle.DRAINING);
        assertThat(driven.report().takesTraffic()).isFalse();
        assertThat(driven.report().status())
                .as("a draining node is not to be killed")
                .isEqualTo(HealthStatus.HEALTHY);

        recovery.close("x");
        recovery.open();
        driven.pass(Duration.ofMinutes(1));
        assertThat(driven.report().reasons()).containsExactly("draining");
        assertThat(driven.report().started()).isTrue();
    }

    @Test
    void aClosedMonitorPublishesNothingMore() {
        driven.monitor.close();
        HealthReport last = driven.report();

        recovery.open();
        driven.monitor.drain();
        driven.monitor.close();

        assertThat(last.lifecycle()).isEqualTo(Lifecycle.CLOSED);
        assertThat(driven.report()).isSameAs(last);
    }

    @Test
    void aMonitorStartsOnce() {
        HealthMonitor monitor = HealthMonitor.builder().build();
        monitor.close();

        assertThatThrownBy(monitor::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReportIsPublishedAtLeastOnceASecond() {
        HealthReport before = driven.report();

        driven.pass(Duration.ofSeconds(1));

        assertThat(driven.report().sequence()).isGreaterThan(before.sequence());
        assertThat(driven.report().uptime()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
    }

    @Test
    void aListenerSeesEachReportBeforeReadersDo() {
        List<HealthReport> seen = new ArrayList<>();
        List<HealthReport> readable = new ArrayList<>();
        driven.monitor.listen(report -> {
            seen.add(report);
            readable.add(driven.report());
        });

        recovery.open();

        assertThat(seen).hasSize(2);
        assertThat(readable.get(1)).isSameAs(seen.get(0));
        assertThat(driven.report()).isSameAs(seen.get(1));
    }

    @Test
    void aListenerThatThrowsHindersNobody() {
        driven.monitor.listen(report -> {
            throw new IllegalStateException();
        });

        recovery.open();

        assertThat(driven.report().isReady()).isTrue();
    }

    @Test
    void changesOfVerdictAreKept() {
        recovery.open();
        driven.monitor.drain();

        assertThat(driven.monitor.transitions())
                .extracting(Transition::subject, Transition::from, Transition::to, Transition::reason)
                .containsExactly(
                        tuple("lifecycle", "starting", "running", ""),
                        tuple("ready", "not_ready", "ready", ""),
                        tuple("lifecycle", "running", "draining", ""),
                        tuple("ready", "ready", "not_ready", "draining"));
    }

    @Test
    void onlyTheLastSixtyFourChangesAreKept() {
        for (int i = 0; i < 100; i++) {
            recovery.open();
            recovery.close("again");
        }

        assertThat(driven.monitor.transitions()).hasSize(64);
    }
}
