package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs handlers, and tells how that ended: the one place where what they throw ends. */
final class HandlerCall {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");

    /** What a handler throws without saying so is not for readers: it may name classes, paths or worse. */
    private static final String UNEXPECTED = "Failed unexpectedly; the log has the reason under this id";

    private final Backoff backoff;

    HandlerCall(Backoff backoff) {
        this.backoff = backoff;
    }

    /** Makes one attempt. */
    TaskOutcome run(TaskHandler handler, TaskAttempt attempt) {
        try {
            return new TaskOutcome.Completed(requireNonNull(handler.run(attempt), "result"));
        } catch (TaskFailure e) {
            return failed(attempt, e);
        } catch (Exception e) { // The host's code: whatever it is, it ends this attempt and nothing else.
            // An interrupt that somebody sent was meant for this attempt, and must not reach the thread's next one.
            Thread.interrupted();
            return ended(attempt, e, UNEXPECTED);
        } catch (Throwable e) { // An error will not pass by itself, and must not cost the worker.
            log(attempt, e);
            return new TaskOutcome.Failed(UNEXPECTED);
        }
    }

    private TaskOutcome failed(TaskAttempt attempt, TaskFailure failure) {
        String error = String.valueOf(failure.getMessage());
        if (failure.isRetryable()) {
            return ended(attempt, failure, error);
        }
        log(attempt, failure);
        return new TaskOutcome.Failed(error);
    }

    /** Where a handler was asked to end, the exception is how it did. */
    private TaskOutcome ended(TaskAttempt attempt, Exception exception, String error) {
        if (attempt.isCanceled()) {
            return new TaskOutcome.Canceled();
        }
        if (attempt.isStopping()) {
            return new TaskOutcome.PutOff();
        }
        log(attempt, exception);
        return new TaskOutcome.Postponed(error, backoff);
    }

    private static void log(TaskAttempt attempt, Throwable reason) {
        Task task = attempt.task();
        LOG.atWarn()
                .addKeyValue("task", task.id())
                .addKeyValue("type", task.type())
                .addKeyValue("attempt", task.attempts())
                .setCause(reason)
                .log("An attempt at a task failed");
    }
}
