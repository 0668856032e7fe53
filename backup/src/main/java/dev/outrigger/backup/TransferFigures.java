package dev.outrigger.backup;

import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.task.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What backups, or restores, have amounted to since the process started. Safe for use by many threads. */
final class TransferFigures {

    private static final double MILLIS = 1_000;
    private static final long NEVER = 0;

    private final InstantSource clock;
    private final LongAdder bytes = new LongAdder();
    private final List<Ended> ended = List.of(new Ended("completed"), new Ended("partial"), new Ended("failed"));
    private final AtomicLong lastSuccessMillis = new AtomicLong(NEVER);
    private final AtomicLong lastDurationMillis = new AtomicLong();

    TransferFigures(InstantSource clock) {
        this.clock = clock;
    }

    /** How often one thing came out. */
    private record Ended(String status, Labels labels, LongAdder count) {

        Ended(String status) {
            this(status, Labels.of("status", status), new LongAdder());
        }
    }

    void moved(long more) {
        bytes.add(more);
    }

    /**
     * Notes an end.
     *
     * @param status {@code completed}, {@code partial} or {@code failed}
     * @param orderedAt when it was asked for
     */
    void ended(String status, Instant orderedAt) {
        ended.stream()
                .filter(known -> known.status().equals(status))
                .forEach(known -> known.count().increment());
        succeeded(status, orderedAt, clock.instant());
    }

    /** Notes a job of an earlier process, of which the ends are not counted. */
    void remembered(String status, Task job) {
        succeeded(status, job.createdAt(), job.finishedAt().orElse(job.updatedAt()));
    }

    private void succeeded(String status, Instant orderedAt, Instant at) {
        if (status.equals("completed")) {
            lastSuccessMillis.set(at.toEpochMilli());
            lastDurationMillis.set(Math.max(0, at.toEpochMilli() - orderedAt.toEpochMilli()));
        }
    }

    /**
     * Returns the families.
     *
     * @param prefix what the names begin with, such as {@code outrigger_backup}
     * @param what for people, such as {@code backups}
     */
    List<MetricFamily> families(String prefix, String what) {
        return List.of(
                MetricFamily.counter(
                        prefix + "_bytes_total", "Bytes of files that " + what + " have moved.", bytes::sum),
                MetricFamily.ofEach(
                        MetricType.COUNTER,
                        prefix + "_ended_total",
                        "Ended " + what + ", by what became of them.",
                        () -> ended,
                        Ended::labels,
                        each -> each.count().sum()),
                MetricFamily.gauge(
                        prefix + "_last_success_timestamp_seconds",
                        "When the last of the " + what + " was completed that this node remembers, 0 if none.",
                        () -> lastSuccessMillis.get() / MILLIS),
                MetricFamily.gauge(
                        prefix + "_last_duration_seconds",
                        "How long that one took, from when it was asked for.",
                        () -> lastDurationMillis.get() / MILLIS));
    }
}
