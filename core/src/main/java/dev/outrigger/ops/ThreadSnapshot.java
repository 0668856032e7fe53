package dev.outrigger.ops;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The threads of the process at one moment, those in a deadlock first, then by name. Immutable.
 *
 * @param threads all of them but virtual ones
 */
record ThreadSnapshot(List<Line> threads) {

    /**
     * One thread.
     *
     * @param id its number
     * @param name its name
     * @param state in lower case
     * @param daemon whether it keeps no process alive
     * @param deadlocked whether it waits for itself by way of others
     * @param lock what it waits for
     * @param lockOwner the number of the thread that has it
     * @param stack innermost call first
     */
    record Line(
            long id,
            String name,
            String state,
            boolean daemon,
            boolean deadlocked,
            Optional<String> lock,
            OptionalLong lockOwner,
            List<String> stack) {}

    ThreadSnapshot {
        threads = List.copyOf(threads);
    }

    /** Stops all threads for a moment, and looks at them. */
    static ThreadSnapshot take() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        Set<Long> deadlocked = deadlocked(bean);
        List<Line> lines = new ArrayList<>();
        for (ThreadInfo info : bean.dumpAllThreads(false, false)) {
            lines.add(line(info, deadlocked.contains(info.getThreadId())));
        }
        lines.sort(Comparator.comparing(Line::deadlocked)
                .reversed()
                .thenComparing(Line::name)
                .thenComparingLong(Line::id));
        return new ThreadSnapshot(lines);
    }

    private static Set<Long> deadlocked(ThreadMXBean bean) {
        long[] ids = bean.isSynchronizerUsageSupported()
                ? bean.findDeadlockedThreads()
                : bean.findMonitorDeadlockedThreads();
        return ids == null ? Set.of() : LongStream.of(ids).boxed().collect(Collectors.toUnmodifiableSet());
    }

    private static Line line(ThreadInfo info, boolean deadlocked) {
        return new Line(
                info.getThreadId(),
                info.getThreadName(),
                info.getThreadState().name().toLowerCase(Locale.ROOT),
                info.isDaemon(),
                deadlocked,
                Optional.ofNullable(info.getLockInfo()).map(LockInfo::toString),
                info.getLockOwnerId() < 0 ? OptionalLong.empty() : OptionalLong.of(info.getLockOwnerId()),
                Arrays.stream(info.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
    }

    /** The numbers of those in a deadlock. */
    List<Long> deadlocks() {
        return threads.stream().filter(Line::deadlocked).map(Line::id).toList();
    }
}
