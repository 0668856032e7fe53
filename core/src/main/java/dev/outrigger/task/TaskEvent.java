package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that happened to a task. Immutable.
 *
 * @param id rises per task, over restarts too
 * @param kind what happened
 * @param time when
 * @param task as it is from then on
 * @param line what a handler told; empty for other kinds
 */
public record TaskEvent(long id, Kind kind, Instant time, Task task, String line) {

    public TaskEvent {
        requireNonNull(kind, "kind");
        requireNonNull(time, "time");
        requireNonNull(task, "task");
        requireNonNull(line, "line");
    }

    /** What can happen. */
    public enum Kind {

        /** The task's state, or what is told of it, is another. */
        STATE("state"),

        /** The work has come farther. */
        PROGRESS("progress"),

        /** The handler has told something. */
        LOG("log"),

        /** Nothing more happens by itself. */
        END("end");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word that streams use for this kind. */
        public String word() {
            return word;
        }
    }
}
