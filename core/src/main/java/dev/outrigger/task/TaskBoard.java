package dev.outrigger.task;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tasks as the store has them, in memory. What changes goes through here: into the store first, then on the board, then to
 * those who watch. Reading takes no lock; changes take turns.
 */
final class TaskBoard {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");

    private final TaskStore store;
    private final InstantSource clock;
    private final TaskChannels channels;
    private final int historyKept;
    private final ConcurrentNavigableMap<TaskId, Task> tasks = new ConcurrentSkipListMap<>();

    /** How many tasks are in each state, by its ordinal. Written under the lock of this. */
    private final AtomicIntegerArray counts = new AtomicIntegerArray(TaskState.values().length);

    /**
     * @param historyKept how many tasks stay that are in a final state
     */
    TaskBoard(TaskStore store, InstantSource clock, TaskChannels channels, int historyKept) {
        this.store = store;
        this.clock = clock;
        this.channels = channels;
        this.historyKept = historyKept;
    }

    /** What a task becomes; empty where it is to stay as it is. May be asked again, of a newer version. */
    @FunctionalInterface
    interface Step extends Function<Task, Optional<Task>> {}

    /**
     * Takes over what is in the store, others' changes included.
     *
     * @throws TaskStoreException if it cannot be read
     */
    synchronized void reload() {
        Map<TaskId, Task> gone = new ConcurrentSkipListMap<>(tasks);
        for (Task task : store.load()) {
            gone.remove(task.id());
            showIfNewer(task);
        }
        gone.values().forEach(this::forget);
        prune();
    }

    /**
     * Adds a task.
     *
     * @throws TaskStoreException if it was not recorded
     */
    synchronized void add(Task task) {
        if (!put(task)) {
            throw new IllegalStateException(task + ": there is one already");
        }
    }

    /**
     * Has a task take a step, from whatever version is recorded.
     *
     * @return what is recorded then; empty where the step was not to be taken
     * @throws UnknownTaskException if there is no such task
     * @throws TaskStoreException if the step was not recorded
     */
    synchronized Optional<Task> change(TaskId id, Step step) {
        while (true) {
            Task current = find(id).orElseThrow(() -> new UnknownTaskException(id));
            Optional<Task> next = step.apply(current);
            if (next.isEmpty() || put(next.get())) {
                prune();
                return next;
            }
            refresh(id); // Somebody else took a step in between.
        }
    }

    private boolean put(Task next) {
        try {
            boolean done = store.put(next);
            if (done) {
                show(next);
            }
            return done;
        } catch (TaskStoreException e) {
            refreshIfPossible(next.id(), e);
            throw e;
        }
    }

    /** A write that failed may have been made all the same. */
    private void refreshIfPossible(TaskId id, TaskStoreException reason) {
        try {
            refresh(id);
        } catch (TaskStoreException e) {
            reason.addSuppressed(e);
        }
    }

    private void refresh(TaskId id) {
        store.find(id).ifPresentOrElse(this::showIfNewer, () -> find(id).ifPresent(this::forget));
    }

    private void showIfNewer(Task task) {
        Task shown = tasks.get(task.id());
        if (shown == null || shown.version() < task.version()) {
            show(task);
        }
    }

    private void show(Task task) {
        Task before = tasks.put(task.id(), task);
        count(before, -1);
        count(task, 1);
        channels.changed(before, task);
    }

    private void forget(Task task) {
        count(tasks.remove(task.id()), -1);
        channels.remove(task.id());
    }

    private void count(@Nullable Task task, int difference) {
        if (task != null) {
            counts.addAndGet(task.state().ordinal(), difference);
        }
    }

    /** Removes the oldest of those that are over, beyond what is kept. */
    private void prune() {
        int over = count(TaskState.COMPLETED) + count(TaskState.FAILED) + count(TaskState.CANCELED) - historyKept;
        if (over <= 0) {
            return;
        }
        List<Task> oldest = tasks.values().stream()
                .filter(task -> task.state().isFinal())
                .sorted(Comparator.comparing((Task task) -> task.finishedAt().orElseThrow())
                        .thenComparing(Task::id))
                .limit(over)
                .toList();
        try {
            for (Task task : oldest) {
                if (store.remove(task)) {
                    forget(task);
                }
            }
        } catch (TaskStoreException e) {
            LOG.warn("A task that is over could not be removed; the next one that ends tries again", e);
        }
    }

    Optional<Task> find(TaskId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** By id, the oldest first. Weakly consistent. */
    ConcurrentNavigableMap<TaskId, Task> tasks() {
        return tasks;
    }

    int count(TaskState state) {
        return counts.get(state.ordinal());
    }

    Map<TaskState, Integer> counts() {
        Map<TaskState, Integer> all = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            all.put(state, count(state));
        }
        return all;
    }

    boolean isShared() {
        return store.isShared();
    }

    long unreadable() {
        return store.unreadable();
    }

    InstantSource clock() {
        return clock;
    }

    TaskChannels channels() {
        return channels;
    }
}
