package dev.outrigger.task;

import dev.outrigger.task.TaskEvent.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The channels of tasks: of those that run or are watched, and of the last 64 that ended. Safe for any thread.
 */
final class TaskChannels {

    private static final int ENDED_KEPT = 64;

    private final Map<TaskId, TaskChannel> channels = new ConcurrentHashMap<>();

    /** Tasks whose channel may go, the one that ended first at the head. Guarded by itself. */
    private final Deque<TaskId> ended = new ArrayDeque<>();

    /** Tells of a task that has become another version. */
    void changed(@Nullable Task before, Task now) {
        if (before != null && looksTheSame(before, now)) {
            return;
        }
        if (now.state() == TaskState.RUNNING) {
            channels.computeIfAbsent(now.id(), id -> new TaskChannel(now));
        }
        TaskChannel channel = channels.get(now.id());
        if (channel == null) {
            return;
        }
        keep(now.id());
        channel.publish(Kind.STATE, now.updatedAt(), now, "");
        if (now.state().isFinal()) {
            channel.publish(Kind.END, now.updatedAt(), now, "");
            keepAWhile(now.id());
        }
    }

    /** Leases, saved texts and progress are no change of state. */
    private static boolean looksTheSame(Task before, Task now) {
        return before.state() == now.state()
                && before.attempts() == now.attempts()
                && before.isCancelRequested() == now.isCancelRequested();
    }

    private void keepAWhile(TaskId id) {
        Optional<TaskId> oldest = Optional.empty();
        synchronized (ended) {
            ended.remove(id);
            ended.addLast(id);
            if (ended.size() > ENDED_KEPT) {
                oldest = Optional.of(ended.removeFirst());
            }
        }
        oldest.ifPresent(this::remove);
    }

    /** It may have been on its way out, and has been asked for again. */
    private void keep(TaskId id) {
        synchronized (ended) {
            ended.remove(id);
        }
    }

    void progressed(Task now, Instant time) {
        publish(Kind.PROGRESS, now, time, "");
    }

    void told(Task now, Instant time, String line) {
        publish(Kind.LOG, now, time, line);
    }

    private void publish(Kind kind, Task now, Instant time, String line) {
        TaskChannel channel = channels.get(now.id());
        if (channel != null) {
            channel.publish(kind, time, now, line);
        }
    }

    List<TaskEvent> after(OptionalLong seen, Task known, Supplier<Task> current) {
        return channel(known).after(seen, current);
    }

    TaskWatch watch(OptionalLong seen, Task known, Supplier<Task> current, TaskListener listener) {
        return channel(known).watch(seen, current, listener);
    }

    private TaskChannel channel(Task task) {
        TaskChannel channel = channels.computeIfAbsent(task.id(), id -> new TaskChannel(task));
        if (task.state().isFinal()) {
            keepAWhile(task.id());
        }
        return channel;
    }

    /** The task is forgotten. */
    void remove(TaskId id) {
        TaskChannel channel = channels.remove(id);
        if (channel != null) {
            channel.end();
        }
    }

    /** Nothing more will be told. */
    void close() {
        channels.keySet().forEach(this::remove);
    }
}
