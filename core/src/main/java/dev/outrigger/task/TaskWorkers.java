package dev.outrigger.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims tasks that are due, has their handlers run, and records how that ended. {@link #tick} is for one thread at a time;
 * the rest is safe for any.
 */
final class TaskWorkers {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    /** What nobody survived five times is not to take the node down a sixth time. */
    private static final String DIED = "The process ended during each of its attempts";

    private static final String NO_HANDLER = "No handler for this type of task";

    private static final Comparator<Task> ORDER =
            Comparator.comparingInt(Task::priority).thenComparing(Task::due).thenComparing(Task::id);

    private final TaskBoard board;
    private final TaskTypes types;
    private final HandlerCall calls;
    private final Settings settings;
    private final Map<TaskId, TaskAttempt> running = new ConcurrentHashMap<>();

    /** How the attempts ended whose end could not be recorded yet. */
    private final Map<TaskId, TaskOutcome> unsettled = new ConcurrentHashMap<>();

    private volatile boolean closing;

    /** No claim before that: the store does not take any. Confined to the tick. */
    private Instant claimsResume = Instant.MIN;

    /**
     * How work is done.
     *
     * @param owner names this queue among all over the store
     * @param atOnce how many tasks run at the same time
     * @param lease how long a worker keeps a task without a sign of life
     * @param threads where handlers run
     * @param wake called, from any thread, when a tick is due at once
     */
    record Settings(String owner, int atOnce, Duration lease, Executor threads, Runnable wake) {}

    TaskWorkers(TaskBoard board, TaskTypes types, HandlerCall calls, Settings settings) {
        this.board = board;
        this.types = types;
        this.calls = calls;
        this.settings = settings;
    }

    /** Does what is due: renews leases, shows and records progress, records what could not be, begins tasks. */
    void tick(Instant now) {
        running.values().forEach(attempt -> tick(attempt, now));
        unsettled.forEach((id, outcome) -> settle(id, outcome));
        while (!closing && running.size() < settings.atOnce && !now.isBefore(claimsResume)) {
            Optional<Task> next = next(now);
            if (next.isEmpty()) {
                return;
            }
            begin(next.get(), now);
        }
    }

    private void tick(TaskAttempt attempt, Instant now) {
        if (attempt.isLost() || unsettled.containsKey(attempt.task().id())) {
            return;
        }
        if (!attempt.isStillMine()) {
            return;
        }
        attempt.publishProgress();
        if (!attempt.recordedAt().plus(settings.lease.dividedBy(3)).isAfter(now)) {
            try {
                attempt.renew(lease(now));
            } catch (TaskStoreException e) {
                LOG.warn("The lease of {} could not be renewed", attempt.task(), e);
            }
        }
    }

    private TaskLease lease(Instant now) {
        return new TaskLease(settings.owner, now.plus(settings.lease));
    }

    private Optional<Task> next(Instant now) {
        return board.tasks().values().stream()
                .filter(task -> isFree(task, now) && hasRoom(task))
                .min(ORDER);
    }

    /** Tells whether a task waits for a worker: its time has come, or the worker that it had is no more. */
    private boolean isFree(Task task, Instant now) {
        return switch (task.state()) {
            case PENDING -> !task.due().isAfter(now);
            case RUNNING -> !running.containsKey(task.id()) && (!board.isShared() || isOver(task.lease(), now));
            case COMPLETED, FAILED, CANCELED -> false;
        };
    }

    private static boolean isOver(Optional<TaskLease> lease, Instant now) {
        return lease.isEmpty() || !lease.get().until().isAfter(now);
    }

    /** One that is only to be undone does not wait for others of its type, which may take hours. */
    private boolean hasRoom(Task task) {
        String type = task.type();
        if (task.isCancelRequested() && task.state() == TaskState.PENDING) {
            return true;
        }
        int limit = types.find(type).map(entry -> entry.options().atOnce()).orElse(Integer.MAX_VALUE);
        return running.values().stream()
                        .filter(attempt -> attempt.task().type().equals(type))
                        .count()
                < limit;
    }

    private void begin(Task task, Instant now) {
        Optional<Task> claimed;
        try {
            claimed = board.change(
                    task.id(), current -> isFree(current, now) ? Optional.of(claim(current, now)) : Optional.empty());
        } catch (TaskStoreException e) {
            LOG.error("No task can be begun, since the store does not take it; tried again in {}", AFTER_A_FAILURE, e);
            claimsResume = now.plus(AFTER_A_FAILURE);
            return;
        } catch (UnknownTaskException e) {
            return; // Removed by others.
        }
        claimed.ifPresent(this::run);
    }

    private Task claim(Task task, Instant now) {
        if (types.find(task.type()).isEmpty()) {
            return TaskSteps.failed(task, NO_HANDLER, now);
        }
        if (task.state() == TaskState.RUNNING && task.attempts() >= task.maxAttempts() && !task.isCancelRequested()) {
            return TaskSteps.failed(task, DIED, now);
        }
        return TaskSteps.claimed(task, lease(now), now);
    }

    private void run(Task claimed) {
        if (claimed.state().isFinal()) {
            ended(claimed);
            return;
        }
        TaskHandler handler = types.find(claimed.type()).orElseThrow().handler();
        TaskAttempt attempt = new TaskAttempt(board, claimed);
        running.put(claimed.id(), attempt);
        if (board.find(claimed.id()).filter(Task::isCancelRequested).isPresent()) {
            attempt.cancel(); // From before, or since the claim.
        }
        if (closing) {
            attempt.putOff();
        }
        try {
            settings.threads.execute(() -> run(handler, attempt));
        } catch (RuntimeException | Error e) { // There may be no thread to be had.
            LOG.error("{} could not be begun", claimed, e);
            claimsResume = board.clock().instant().plus(AFTER_A_FAILURE);
            settle(claimed.id(), new TaskOutcome.PutOff());
        }
    }

    private void run(TaskHandler handler, TaskAttempt attempt) {
        TaskOutcome outcome = calls.run(handler, attempt);
        attempt.publishProgress();
        settle(attempt.task().id(), outcome);
        settings.wake.run();
    }

    /** Records how an attempt ended; what the store does not take now is tried again with the next tick. */
    private void settle(TaskId id, TaskOutcome outcome) {
        TaskAttempt attempt = running.get(id);
        if (attempt == null) {
            return;
        }
        try {
            Instant now = board.clock().instant();
            attempt.step(current -> outcome.apply(attempt.at(current), now)).ifPresent(this::ended);
            unsettled.remove(id);
            running.remove(id, attempt); // Somebody may have asked for the task again, and it may run again.
        } catch (TaskStoreException e) {
            if (unsettled.put(id, outcome) == null) {
                LOG.error("The end of {} could not be recorded; tried again", attempt.task(), e);
            }
        }
    }

    private void ended(Task task) {
        types.ended(task);
        if (task.state().isFinal()) {
            LOG.atInfo()
                    .addKeyValue("task", task.id())
                    .addKeyValue("type", task.type())
                    .addKeyValue("state", task.state().word())
                    .addKeyValue("attempts", task.attempts())
                    .log("A task ended");
        }
    }

    /** Tells an attempt, if there is one here, that its task was called off. */
    void cancel(TaskId id) {
        TaskAttempt attempt = running.get(id);
        if (attempt != null) {
            attempt.cancel();
        }
    }

    /** A recorded task with the progress that its attempt, if there is one here, has told since. */
    Task shown(Task recorded) {
        TaskAttempt attempt = running.get(recorded.id());
        return attempt == null || recorded.state() != TaskState.RUNNING ? recorded : attempt.at(recorded);
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    /** When a tick has something to begin next, unless it is woken before: what waits for a worker is begun when one is free. */
    Optional<Instant> nextDue(Instant now) {
        if (settings.atOnce == 0) {
            return Optional.empty();
        }
        Stream<Instant> due = board.tasks().values().stream()
                .filter(task -> task.state() == TaskState.PENDING)
                .map(Task::due);
        return Stream.concat(due, Stream.of(claimsResume))
                .filter(time -> time.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** Begins nothing more, and asks what runs to let go. */
    void putOff() {
        closing = true;
        running.values().forEach(TaskAttempt::putOff);
    }

    /** Gives up on what still runs: nothing it does reaches its task any more. */
    void abandon() {
        unsettled.forEach(this::settle);
        running.values().forEach(attempt -> {
            attempt.lose();
            LOG.warn("{} did not end when its queue closed, and goes on at the next start", attempt.task());
        });
        running.clear();
    }
}
