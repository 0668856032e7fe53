package dev.outrigger.task;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a task stands.
 *
 * <pre>
 *   enqueue ──▶ pending ──────▶ running ──▶ completed
 *                │  ▲  ▲           │
 *                │  │  └─ failed, ─┤ and there are attempts left; or the queue closes
 *                │  │              │
 *         cancel ▼  └── retry ──┐  ├──▶ failed ────┐
 *             canceled ─────────┤  └──▶ canceled ──┤
 *                               └──────────────────┘
 * </pre>
 */
public enum TaskState {

    /** Waits for its time, or for a worker. */
    PENDING("pending"),

    /** A worker is at it, or was when its process died. */
    RUNNING("running"),

    /** Done. */
    COMPLETED("completed"),

    /** Given up: the failure was terminal, or it was the last attempt's. */
    FAILED("failed"),

    /** Called off. */
    CANCELED("canceled");

    private final String word;

    TaskState(String word) {
        this.word = word;
    }

    /** The state that a word stands for. */
    public static Optional<TaskState> of(String word) {
        return Stream.of(values()).filter(state -> state.word.equals(word)).findFirst();
    }

    /** Returns the word that answers and records use for this state. */
    public String word() {
        return word;
    }

    /** Tells whether nothing more happens to a task in this state by itself. */
    public boolean isFinal() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case COMPLETED, FAILED, CANCELED -> true;
        };
    }
}
