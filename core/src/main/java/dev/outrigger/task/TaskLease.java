package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The right of one worker process to work at a task.
 *
 * @param owner names the process's queue
 * @param until when it ends, unless it is renewed
 */
public record TaskLease(String owner, Instant until) {

    public TaskLease {
        requireNonNull(owner, "owner");
        requireNonNull(until, "until");
    }
}
