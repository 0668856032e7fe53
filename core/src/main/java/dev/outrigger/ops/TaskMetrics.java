package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskState;
import dev.outrigger.task.TaskTotals;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows how much work waits, and how it ends. Safe for any thread. */
public final class TaskMetrics {

    private TaskMetrics() {}

    private record Sample(Labels labels, long value) {}

    /**
     * Returns a source with {@code …_tasks{state}}, {@code …_tasks_completed_total{type}}, {@code …_tasks_failed_total{type}} and {@code
     * …_tasks_unreadable_total}.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     */
    public static MetricsSource of(String prefix, TaskQueue queue) {
        requireNonNull(prefix, "prefix");
        requireNonNull(queue, "queue");
        return MetricsSource.named("tasks", () -> families(prefix, queue.totals()));
    }

    private static List<MetricFamily> families(String prefix, TaskTotals totals) {
        List<Sample> states = Stream.of(TaskState.values())
                .map(state -> new Sample(
                        Labels.of("state", state.word()), totals.states().getOrDefault(state, 0)))
                .toList();
        return List.of(
                family(MetricType.GAUGE, prefix + "_tasks", "Tasks by their state.", states),
                family(
                        MetricType.COUNTER,
                        prefix + "_tasks_completed_total",
                        "Tasks that this process has completed.",
                        byType(totals.completed())),
                family(
                        MetricType.COUNTER,
                        prefix + "_tasks_failed_total",
                        "Tasks that this process has given up.",
                        byType(totals.failed())),
                MetricFamily.counter(
                        prefix + "_tasks_unreadable_total",
                        "Records of tasks that could not be read.",
                        totals::unreadable));
    }

    private static List<Sample> byType(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Sample(Labels.of("type", entry.getKey()), entry.getValue()))
                .toList();
    }

    private static MetricFamily family(MetricType type, String name, String help, List<Sample> samples) {
        return MetricFamily.ofEach(type, name, help, () -> samples, Sample::labels, Sample::value);
    }
}
