package dev.outrigger.task;

import java.time.Instant;
import java.util.Optional;

/**
 * One attempt at a task, as its handler sees it, and how far it has come. Whoever writes for it proves with its fence that the
 * task is still its own. Safe for any thread.
 */
final class TaskAttempt implements TaskContext {

    private static final int MAX_LINE_CHARS = 500;

    private final TaskBoard board;
    private final Task task;
    private volatile TaskProgress progress;

    /** Why the handler is to end. The first reason counts, but that a lost lease is lost. Written under the lock of this. */
    private volatile Stop stop = Stop.NONE;

    private volatile Optional<String> saved;

    /** What was published and recorded of the progress last. Used by the timer, and by the worker when the handler has ended. */
    private volatile TaskProgress published;

    private volatile Instant recordedAt;

    private enum Stop {
        NONE,
        CANCELED,
        CLOSING,
        LOST
    }

    /**
     * @param task as its worker has claimed it
     */
    TaskAttempt(TaskBoard board, Task task) {
        this.board = board;
        this.task = task;
        this.progress = task.progress();
        this.published = task.progress();
        this.saved = task.saved();
        this.recordedAt = task.updatedAt();
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Optional<String> saved() {
        requireLease();
        return saved;
    }

    @Override
    public void save(String text) {
        BoundedText.require("saved text", text, MAX_SAVED_BYTES);
        requireLease();
        Instant now = board.clock().instant();
        if (step(current -> TaskSteps.saved(current, text, progress, now)).isEmpty()) {
            throw new TaskLeaseLostException(task.id());
        }
        saved = Optional.of(text);
        recordedAt = now;
    }

    @Override
    public void progress(TaskProgress newProgress) {
        requireLease();
        progress = newProgress;
    }

    @Override
    public void log(String line) {
        requireLease();
        board.channels().told(shown(), board.clock().instant(), BoundedText.cut(line, MAX_LINE_CHARS));
    }

    @Override
    public void checkpoint() {
        switch (stop) {
            case NONE -> {
                // It goes on.
            }
            case CANCELED -> throw new TaskCanceledException(task.id());
            case CLOSING -> throw new TaskQueueClosingException(task.id());
            case LOST -> throw new TaskLeaseLostException(task.id());
        }
    }

    @Override
    public boolean isStopping() {
        return stop != Stop.NONE;
    }

    private void requireLease() {
        if (isLost()) {
            throw new TaskLeaseLostException(task.id());
        }
    }

    /** Asks the handler to end because the task was called off. */
    synchronized void cancel() {
        if (stop == Stop.NONE) {
            stop = Stop.CANCELED;
        }
    }

    /** Asks the handler to let go because the queue closes. */
    synchronized void putOff() {
        if (stop == Stop.NONE) {
            stop = Stop.CLOSING;
        }
    }

    /** From now on the handler can do nothing to the task. */
    synchronized void lose() {
        stop = Stop.LOST;
    }

    boolean isCanceled() {
        return stop == Stop.CANCELED;
    }

    boolean isLost() {
        return stop == Stop.LOST;
    }

    /** The time of the last record: leases are renewed, and progress is recorded, some time after it. */
    Instant recordedAt() {
        return recordedAt;
    }

    /** What a recorded task is, with the progress that was not recorded yet. */
    Task at(Task recorded) {
        return recorded.fence() == task.fence() ? TaskSteps.at(recorded, progress) : recorded;
    }

    private Task shown() {
        return at(board.find(task.id()).orElse(task));
    }

    /** Tells those who watch how far the work has come, if it has. */
    void publishProgress() {
        TaskProgress now = progress;
        if (!now.equals(published)) {
            published = now;
            board.channels().progressed(shown(), board.clock().instant());
        }
    }

    /** Looks whether somebody has called the task off, or has taken it. */
    boolean isStillMine() {
        Optional<Task> shown = board.find(task.id());
        if (shown.isEmpty() || !isMine(shown.get())) {
            lose();
            return false;
        }
        if (shown.get().isCancelRequested()) {
            cancel();
        }
        return true;
    }

    /** Prolongs the lease, and records the progress. */
    void renew(TaskLease lease) {
        Instant now = board.clock().instant();
        if (step(current -> TaskSteps.renewed(current, lease, progress, now)).isPresent()) {
            recordedAt = now;
        }
    }

    /**
     * Has the task take a step, if it is still this attempt's.
     *
     * @return empty if it is not, which then is known for good
     */
    Optional<Task> step(Step step) {
        Optional<Task> taken = Optional.empty();
        try {
            taken = board.change(
                    task.id(), current -> isMine(current) ? Optional.of(step.from(current)) : Optional.empty());
        } catch (UnknownTaskException e) {
            // Removed from a shared store by others: it is nobody's.
        }
        if (taken.isEmpty()) {
            lose();
        }
        return taken;
    }

    /** A step that is always to be taken. */
    @FunctionalInterface
    interface Step {
        Task from(Task current);
    }

    private boolean isMine(Task current) {
        return !isLost() && current.state() == TaskState.RUNNING && current.fence() == task.fence();
    }
}
