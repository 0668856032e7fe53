package dev.outrigger.task;

/** There is no task of that name, or no longer: of finished ones only the last are kept. */
public final class UnknownTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownTaskException(TaskId id) {
        super("task " + id + ": unknown");
    }
}
