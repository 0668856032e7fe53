package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One piece of durable work, as it stands at a moment. Immutable. Two are equal if they are the same version of one task. */
public final class Task {

    private final TaskId id;
    private final long version;
    private final TaskRequest request;
    private final TaskState state;
    private final int attempts;
    private final Instant due;
    private final long fence;
    private final Optional<TaskLease> lease;
    private final boolean cancelRequested;
    private final TaskProgress progress;
    private final Optional<String> saved;
    private final Optional<String> lastError;
    private final TaskResult result;
    private final Instant createdAt;
    private final Instant updatedAt;
    private final Optional<Instant> finishedAt;

    private Task(TaskDraft draft) {
        this.id = draft.id;
        this.version = draft.version;
        this.request = draft.request;
        this.state = draft.state;
        this.attempts = draft.attempts;
        this.due = draft.due;
        this.fence = draft.fence;
        this.lease = draft.lease;
        this.cancelRequested = draft.cancelRequested;
        this.progress = draft.progress;
        this.saved = draft.saved;
        this.lastError = draft.lastError;
        this.result = draft.result;
        this.createdAt = draft.createdAt;
        this.updatedAt = draft.updatedAt;
        this.finishedAt = draft.finishedAt;
    }

    /** The task that a draft describes. */
    static Task of(TaskDraft draft) {
        return new Task(draft);
    }

    /** A draft of what the task will be next. */
    TaskDraft draft() {
        TaskDraft draft = new TaskDraft(id, request, createdAt);
        draft.version = version;
        draft.state = state;
        draft.attempts = attempts;
        draft.due = due;
        draft.fence = fence;
        draft.lease = lease;
        draft.cancelRequested = cancelRequested;
        draft.progress = progress;
        draft.saved = saved;
        draft.lastError = lastError;
        draft.result = result;
        draft.updatedAt = updatedAt;
        draft.finishedAt = finishedAt;
        return draft;
    }

    /** Names the task. */
    public TaskId id() {
        return id;
    }

    /** Counts the changes that were recorded, from 1. */
    public long version() {
        return version;
    }

    /** What was asked for. */
    public TaskRequest request() {
        return request;
    }

    /** Which handler does the work. */
    public String type() {
        return request.type();
    }

    /** What the handler has to know. */
    public String payload() {
        return request.payload();
    }

    /** Which goes first: lower does. */
    public int priority() {
        return request.priority();
    }

    /** How often it is begun at most. */
    public int maxAttempts() {
        return request.maxAttempts();
    }

    /** Where it stands. */
    public TaskState state() {
        return state;
    }

    /** How often it was begun, without attempts that were put off because a queue closed. */
    public int attempts() {
        return attempts;
    }

    /** When it may begin, or begin again. */
    public Instant due() {
        return due;
    }

    /** Counts the workers that had the task: what an earlier one says is refused. */
    public long fence() {
        return fence;
    }

    /** Who works at it, while somebody does. */
    public Optional<TaskLease> lease() {
        return lease;
    }

    /** Tells whether somebody called it off while it ran. */
    public boolean isCancelRequested() {
        return cancelRequested;
    }

    /** How far the work has come. */
    public TaskProgress progress() {
        return progress;
    }

    /** What its handler saved for a later attempt. */
    public Optional<String> saved() {
        return saved;
    }

    /** What the last attempt that failed said, for whoever may read jobs. */
    public Optional<String> lastError() {
        return lastError;
    }

    /** What came out of it, once it is completed. */
    public TaskResult result() {
        return result;
    }

    /** When it was enqueued. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When anything of it changed last. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** When it reached the final state it is in. */
    public Optional<Instant> finishedAt() {
        return finishedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Task task && id.equals(task.id) && version == task.version;
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Long.hashCode(version);
    }

    /** Names the task and tells where it stands; never its payload. */
    @Override
    public String toString() {
        return "task " + id + " (" + type() + ", " + state.word() + ")";
    }

    /** Refuses a task that contradicts itself, as one from outside may. */
    static Task checked(TaskDraft draft) {
        requireNonNull(draft.due, "due");
        boolean running = draft.state == TaskState.RUNNING;
        if (running != draft.lease.isPresent()
                || draft.state.isFinal() != draft.finishedAt.isPresent()
                || draft.version < 1
                || draft.attempts < 0
                || draft.fence < 0) {
            throw new IllegalArgumentException("task " + draft.id + ": contradicts itself");
        }
        return new Task(draft);
    }
}
