package dev.outrigger.task;

import dev.outrigger.task.TaskStoreException.Reason;
import java.util.List;
import java.util.Optional;

/** A store whose disk is full while a test says so. */
final class FlakyStore implements TaskStore {

    private final MemoryTaskStore sound = MemoryTaskStore.create();
    volatile boolean fails;

    private void requireRoom() {
        if (fails) {
            throw new TaskStoreException(Reason.NOT_WRITTEN, "no space left");
        }
    }

    @Override
    public List<Task> load() {
        return sound.load();
    }

    @Override
    public Optional<Task> find(TaskId id) {
        return sound.find(id);
    }

    @Override
    public boolean put(Task task) {
        requireRoom();
        return sound.put(task);
    }

    @Override
    public boolean remove(Task task) {
        requireRoom();
        return sound.remove(task);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public long unreadable() {
        return 0;
    }

    @Override
    public void close() {
        sound.close();
    }
}
