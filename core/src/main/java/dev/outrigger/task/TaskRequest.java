package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Work to be done. Immutable: each setter returns a copy.
 *
 * @param type which handler does it: letters, digits, {@code . _ -}, at most 63
 * @param payload what the handler has to know, as a text of its own, JSON for instance; at most 64 KiB as UTF-8, and no secret,
 *     since it is recorded
 * @param priority lower goes first
 * @param maxAttempts how often it is begun at most before it counts as failed, at least 1
 * @param due when it may begin; empty for at once
 */
public record TaskRequest(String type, String payload, int priority, int maxAttempts, Optional<Instant> due) {

    /** The largest payload. */
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    private static final int MAX_ATTEMPTS = 5;

    public TaskRequest {
        type = new TaskType(type).value();
        BoundedText.require("payload", payload, MAX_PAYLOAD_BYTES);
        requireNonNull(due, "due");
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("max attempts: " + maxAttempts + " (expected: >= 1)");
        }
    }

    /** Work to be done at once, at priority 0, in at most 5 attempts. */
    public static TaskRequest of(String type, String payload) {
        return new TaskRequest(type, payload, 0, MAX_ATTEMPTS, Optional.empty());
    }

    /** Sets which goes first: lower does. Default: 0. */
    public TaskRequest priority(int newPriority) {
        return new TaskRequest(type, payload, newPriority, maxAttempts, due);
    }

    /** Sets how often the task is begun at most. Default: 5. */
    public TaskRequest maxAttempts(int newMaxAttempts) {
        return new TaskRequest(type, payload, priority, newMaxAttempts, due);
    }

    /** Sets when the task may begin. Default: at once. */
    public TaskRequest due(Instant newDue) {
        return new TaskRequest(type, payload, priority, maxAttempts, Optional.of(newDue));
    }
}
