package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.file.Watched;
import dev.outrigger.metrics.Labels;
import dev.outrigger.metrics.MetricFamily;
import dev.outrigger.metrics.MetricType;
import dev.outrigger.metrics.MetricsSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows whether what is made of files (tokens, certificates) is what the files say. Safe for any thread. */
public final class FileMetrics {

    private FileMetrics() {}

    private record Group(Labels labels, List<Watched> members) {}

    /**
     * Returns a source with {@code …_files_stale{source}} and {@code …_files_failures_total{source}}.
     *
     * @param prefix what the names begin with, such as {@code outrigger}
     * @param watched those of one name are shown together
     */
    public static MetricsSource of(String prefix, List<? extends Watched> watched) {
        requireNonNull(prefix, "prefix");
        List<Group> groups = groups(watched);
        return MetricsSource.of(
                "files",
                List.of(
                        MetricFamily.ofEach(
                                MetricType.GAUGE,
                                prefix + "_files_stale",
                                "1 while the files cannot be used, and their last good content is.",
                                () -> groups,
                                Group::labels,
                                group -> group.members.stream().anyMatch(Watched::isStale) ? 1 : 0),
                        MetricFamily.ofEach(
                                MetricType.COUNTER,
                                prefix + "_files_failures_total",
                                "Changes of files to something that cannot be used.",
                                () -> groups,
                                Group::labels,
                                group -> group.members.stream()
                                        .mapToLong(Watched::failures)
                                        .sum())));
    }

    private static List<Group> groups(List<? extends Watched> watched) {
        Map<String, List<Watched>> byName = new LinkedHashMap<>();
        watched.forEach(one ->
                byName.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one));
        List<Group> groups = new ArrayList<>();
        byName.forEach((name, members) -> groups.add(new Group(Labels.of("source", name), List.copyOf(members))));
        return List.copyOf(groups);
    }
}
