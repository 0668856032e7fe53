package dev.outrigger.task;

import java.time.Instant;
import java.util.Optional;

/** A task in the making: what a {@link Task} will be. Used by one thread. */
final class TaskDraft {

    final TaskId id;
    final TaskRequest request;
    final Instant createdAt;
    long version;
    TaskState state = TaskState.PENDING;
    int attempts;
    Instant due;
    long fence;
    Optional<TaskLease> lease = Optional.empty();
    boolean cancelRequested;
    TaskProgress progress = TaskProgress.NONE;
    Optional<String> saved = Optional.empty();
    Optional<String> lastError = Optional.empty();
    TaskResult result = TaskResult.none();
    Instant updatedAt;
    Optional<Instant> finishedAt = Optional.empty();

    /** A task that nobody has begun. */
    TaskDraft(TaskId id, TaskRequest request, Instant createdAt) {
        this.id = id;
        this.request = request;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
        this.due = request.due().orElse(createdAt);
    }

    /** The next version, made now. */
    Task next(Instant now) {
        version++;
        updatedAt = now;
        return Task.of(this);
    }

    /** The same version: nothing that is recorded has changed. */
    Task same() {
        return Task.of(this);
    }
}
