package dev.outrigger.example.bench;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckStatus;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthMonitorBuilder;
import dev.outrigger.health.HealthReport;
import dev.outrigger.health.HealthResult;
import dev.outrigger.health.ReadinessGate;
import dev.outrigger.ops.HealthRoutes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to publish a report, which happens once a second and at each change: the report alone, and with all answers of
 * the probes encoded. Every publication has another reason, age and uptime.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PublicationBenchmark {

    private static final Duration ONCE = Duration.ofHours(1);

    @Param({"0", "10", "50"})
    private int checks;

    @Param({"report", "answers"})
    private String published = "report";

    private final QueuedLoop loop = new QueuedLoop();
    private ReadinessGate gate = ReadinessGate.closed("migration", "has not begun");
    private HealthMonitor monitor = HealthMonitor.builder().build();
    private long round;

    /** Starts a monitor, and waits until each check has a result. */
    @Setup
    public void start() throws InterruptedException {
        gate = ReadinessGate.closed("migration", "has not begun");
        HealthMonitorBuilder builder = HealthMonitor.builder().gate(gate);
        for (int i = 0; i < checks; i++) {
            builder.check("check-" + i, CheckOptions.readiness().interval(ONCE), PublicationBenchmark::check);
        }
        monitor = builder.build();
        if (published.equals("answers")) {
            HealthRoutes.of("node-1", monitor, Runnable::run, loop);
        }
        CountDownLatch checked = new CountDownLatch(1);
        monitor.listen(report -> {
            if (allChecked(report)) {
                checked.countDown();
            }
        });
        monitor.start();
        gate.open();
        checked.await();
    }

    private static HealthResult check() {
        return HealthResult.healthy().withDetail("free_bytes", 123_456_789_012L).withDetail("path", "/var/lib/node");
    }

    private static boolean allChecked(HealthReport report) {
        return report.checks().stream().noneMatch(check -> check.status() == CheckStatus.UNKNOWN);
    }

    /** Ends the monitor. */
    @TearDown
    public void close() {
        monitor.close();
    }

    /** Publishes once, on this thread. */
    @Benchmark
    public HealthReport publish() {
        round++;
        gate.close("table " + round);
        loop.turn();
        return monitor.report();
    }
}
