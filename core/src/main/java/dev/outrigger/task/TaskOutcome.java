package dev.outrigger.task;

import java.time.Instant;

/** How an attempt ended, and what that makes of its task. Immutable. */
sealed interface TaskOutcome {

    /** What the task becomes. */
    Task apply(Task task, Instant now);

    /** Done. */
    record Completed(TaskResult result) implements TaskOutcome {
        @Override
        public Task apply(Task task, Instant now) {
            return TaskSteps.completed(task, result, now);
        }
    }

    /** Gone wrong for good. */
    record Failed(String error) implements TaskOutcome {
        @Override
        public Task apply(Task task, Instant now) {
            return TaskSteps.failed(task, error, now);
        }
    }

    /** Gone wrong, and to be tried again while there are attempts left, unless it was called off at the same moment. */
    record Postponed(String error, Backoff backoff) implements TaskOutcome {
        @Override
        public Task apply(Task task, Instant now) {
            if (task.isCancelRequested()) {
                return TaskSteps.canceled(task, now);
            }
            return task.attempts() >= task.maxAttempts()
                    ? TaskSteps.failed(task, error, now)
                    : TaskSteps.postponed(task, error, now.plus(backoff.after(task.attempts())), now);
        }
    }

    /** Called off. */
    record Canceled() implements TaskOutcome {
        @Override
        public Task apply(Task task, Instant now) {
            return TaskSteps.canceled(task, now);
        }
    }

    /** Let go because the queue closes. One that was called off at the same moment is begun again, to be cleaned up. */
    record PutOff() implements TaskOutcome {
        @Override
        public Task apply(Task task, Instant now) {
            return TaskSteps.released(task, now);
        }
    }
}
