package dev.outrigger.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps tasks as long as the process lives: for tests, and for hosts without a disk. Safe for any thread. */
public final class MemoryTaskStore implements TaskStore {

    private final boolean shared;

    /** Guarded by this. */
    private final Map<TaskId, Task> tasks = new HashMap<>();

    private MemoryTaskStore(boolean shared) {
        this.shared = shared;
    }

    /** An empty store for one queue at a time. */
    public static MemoryTaskStore create() {
        return new MemoryTaskStore(false);
    }

    /** An empty store for several queues of this process at the same time, as if they were several processes. */
    public static MemoryTaskStore shared() {
        return new MemoryTaskStore(true);
    }

    @Override
    public synchronized List<Task> load() {
        return List.copyOf(tasks.values());
    }

    @Override
    public synchronized Optional<Task> find(TaskId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    @Override
    public synchronized boolean put(Task task) {
        Task recorded = tasks.get(task.id());
        if ((recorded == null ? 0 : recorded.version()) != task.version() - 1) {
            return false;
        }
        tasks.put(task.id(), task);
        return true;
    }

    @Override
    public synchronized boolean remove(Task task) {
        return tasks.remove(task.id(), task);
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public long unreadable() {
        return 0;
    }

    /** Of no effect: the tasks are there for the next queue. */
    @Override
    public void close() {}
}
