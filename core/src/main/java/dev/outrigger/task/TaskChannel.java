package dev.outrigger.task;

import dev.outrigger.task.TaskEvent.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last events of one task, and who is told of the next. Safe for any thread; listeners are called under its lock. */
final class TaskChannel {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");
    private static final int KEPT = 256;
    private static final long IDS_PER_MILLISECOND = 1_000;

    /** Oldest first. Guarded by this. */
    private final Deque<TaskEvent> kept = new ArrayDeque<>();

    /** Guarded by this. */
    private final List<TaskListener> listeners = new ArrayList<>();

    /** Guarded by this. */
    private long lastId;

    /** A channel whose ids go on above those of the task's channels before it, in this process or the last. */
    TaskChannel(Task task) {
        this.lastId = task.updatedAt().toEpochMilli() * IDS_PER_MILLISECOND;
    }

    synchronized void publish(Kind kind, Instant time, Task task, String line) {
        lastId++;
        TaskEvent event = new TaskEvent(lastId, kind, time, task, line);
        kept.addLast(event);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        for (TaskListener listener : List.copyOf(listeners)) {
            if (!isToldOf(event, listener)) {
                listeners.remove(listener);
            }
        }
        if (kind == Kind.END) {
            end();
        }
    }

    private static boolean isToldOf(TaskEvent event, TaskListener listener) {
        try {
            return listener.tell(event);
        } catch (RuntimeException | Error e) { // The host's code; it must not cost the task or others anything.
            LOG.warn("A listener of a task failed, and is told no more", e);
            return false;
        }
    }

    /** Tells the listeners that nothing follows. */
    synchronized void end() {
        for (TaskListener listener : List.copyOf(listeners)) {
            end(listener);
        }
        listeners.clear();
    }

    private static void end(TaskListener listener) {
        try {
            listener.ended();
        } catch (RuntimeException | Error e) { // As above.
            LOG.warn("A listener of a task failed when it ended", e);
        }
    }

    /**
     * What a reader has missed who has seen the event of an id last: the events since; or where they are not kept, or it is the first
     * time, one that tells everything, and an end where nothing more happens.
     */
    synchronized List<TaskEvent> after(OptionalLong seen, Supplier<Task> task) {
        return after(seen, task.get());
    }

    private List<TaskEvent> after(OptionalLong seen, Task current) {
        List<TaskEvent> missed = new ArrayList<>();
        if (seen.isPresent() && isKeptSince(seen.getAsLong())) {
            kept.stream().filter(event -> event.id() > seen.getAsLong()).forEach(missed::add);
        } else {
            missed.add(new TaskEvent(lastId, Kind.STATE, current.updatedAt(), current, ""));
            if (current.state().isFinal()) {
                missed.add(new TaskEvent(lastId, Kind.END, current.updatedAt(), current, ""));
            }
        }
        return missed;
    }

    private boolean isKeptSince(long seen) {
        return seen <= lastId
                && seen >= (kept.isEmpty() ? lastId : kept.getFirst().id() - 1);
    }

    /**
     * Tells a listener what it has missed, and whatever follows.
     *
     * @param task as it is, asked for under the lock: what becomes of it afterwards is published afterwards
     */
    synchronized TaskWatch watch(OptionalLong seen, Supplier<Task> task, TaskListener listener) {
        Task current = task.get();
        for (TaskEvent event : after(seen, current)) {
            if (!isToldOf(event, listener)) {
                return () -> {};
            }
        }
        if (current.state().isFinal()) {
            end(listener);
            return () -> {};
        }
        listeners.add(listener);
        return () -> remove(listener);
    }

    private synchronized void remove(TaskListener listener) {
        listeners.remove(listener);
    }
}
