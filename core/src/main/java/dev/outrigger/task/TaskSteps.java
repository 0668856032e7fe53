package dev.outrigger.task;

import java.time.Instant;
import java.util.Optional;

/** The steps that a task can take from one version to the next. Pure functions: whether a step may be taken is asked before. */
final class TaskSteps {

    private static final int MAX_ERROR_CHARS = 1_000;

    private TaskSteps() {}

    static Task created(TaskId id, TaskRequest request, Instant now) {
        return new TaskDraft(id, request, now).next(now);
    }

    /** A worker has it. */
    static Task claimed(Task task, TaskLease lease, Instant now) {
        TaskDraft next = task.draft();
        next.state = TaskState.RUNNING;
        next.attempts++;
        next.fence++;
        next.lease = Optional.of(lease);
        return next.next(now);
    }

    /** The same worker still has it, and this is how far it is. */
    static Task renewed(Task task, TaskLease lease, TaskProgress progress, Instant now) {
        TaskDraft next = task.draft();
        next.lease = Optional.of(lease);
        next.progress = progress;
        return next.next(now);
    }

    static Task saved(Task task, String text, TaskProgress progress, Instant now) {
        TaskDraft next = task.draft();
        next.saved = Optional.of(text);
        next.progress = progress;
        return next.next(now);
    }

    static Task completed(Task task, TaskResult result, Instant now) {
        TaskDraft next = ended(task, TaskState.COMPLETED, now);
        next.result = result;
        return next.next(now);
    }

    static Task failed(Task task, String error, Instant now) {
        TaskDraft next = ended(task, TaskState.FAILED, now);
        next.lastError = error(error);
        return next.next(now);
    }

    static Task canceled(Task task, Instant now) {
        return ended(task, TaskState.CANCELED, now).next(now);
    }

    private static TaskDraft ended(Task task, TaskState state, Instant now) {
        TaskDraft next = task.draft();
        next.state = state;
        next.lease = Optional.empty();
        next.finishedAt = Optional.of(now);
        return next;
    }

    /** It failed, and is tried again later. */
    static Task postponed(Task task, String error, Instant due, Instant now) {
        TaskDraft next = waiting(task, due);
        next.lastError = error(error);
        return next.next(now);
    }

    /** Its queue closes: the attempt does not count. */
    static Task released(Task task, Instant now) {
        TaskDraft next = waiting(task, now);
        next.attempts--;
        return next.next(now);
    }

    /** Somebody asked for it again, with all its attempts. What its handler saved is still there. */
    static Task retried(Task task, Instant now) {
        TaskDraft next = waiting(task, now);
        next.attempts = 0;
        next.cancelRequested = false;
        return next.next(now);
    }

    private static TaskDraft waiting(Task task, Instant due) {
        TaskDraft next = task.draft();
        next.state = TaskState.PENDING;
        next.due = due;
        next.lease = Optional.empty();
        next.finishedAt = Optional.empty();
        return next;
    }

    static Task cancelRequested(Task task, Instant now) {
        TaskDraft next = task.draft();
        next.cancelRequested = true;
        return next.next(now);
    }

    /** It waits, was called off, and is to be undone now. */
    static Task undone(Task task, Instant now) {
        TaskDraft next = waiting(task, now);
        next.cancelRequested = true;
        return next.next(now);
    }

    /** The same version with the progress that its worker has told since. */
    static Task at(Task task, TaskProgress progress) {
        TaskDraft same = task.draft();
        same.progress = progress;
        return same.same();
    }

    private static Optional<String> error(String text) {
        return Optional.of(BoundedText.cut(text, MAX_ERROR_CHARS));
    }
}
