package dev.outrigger.task;

import dev.outrigger.task.TaskRefusedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable background work: recorded before anybody is told that it will be done, run by workers, tried again when it fails, and
 * picked up again when the process died.
 *
 * <pre>{@code
 * try (TaskStore store = FileTaskStore.open(Path.of("/var/lib/node/tasks"));
 *         TaskQueue queue = TaskQueue.over(store)
 *                 .type("compact", TaskOptions.defaults(), context -> compact(context.task().payload()))
 *                 .build()) {
 *     queue.start();
 *     Task task = queue.enqueue(TaskRequest.of("compact", "orders"));
 *     …
 * }
 * }</pre>
 *
 * <p>Each task is done at least once: see {@link TaskHandler}. A failure that may pass brings it back after ten seconds times the
 * square of its attempts, at most an hour, until it has none left. What waits goes by priority, then by the time it is due.
 *
 * <p>Safe for use by any thread. All threads are daemons named {@code outrigger-task-…}, there while there is work (and one that
 * keeps the time), and gone after {@link #close()}. The store stays the host's, to be closed afterwards.
 */
public final class TaskQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");
    private static final Duration WHILE_RUNNING = Duration.ofMillis(500);
    private static final Duration WHILE_SHARED = Duration.ofSeconds(1);

    /** So that a clock that was set forward is noticed. */
    private static final Duration WHILE_IDLE = Duration.ofMinutes(1);

    private final TaskBoard board;
    private final TaskChannels channels = new TaskChannels();
    private final TaskTypes types;
    private final TaskWorkers workers;
    private final TaskIds ids;
    private final TaskTimer timer = new TaskTimer(this::tick);
    private final TaskThreads threads;
    private final boolean byHand;
    private final int maxPending;
    private final Duration patience;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Confined to the tick. */
    private Instant reloadDue = Instant.MIN;

    TaskQueue(TaskQueueBuilder settings) {
        this.ids = new TaskIds(settings.clock);
        this.board = new TaskBoard(settings.store, settings.clock, channels, settings.historyKept);
        this.types = new TaskTypes(settings.types);
        this.threads = new TaskThreads(settings.workers);
        this.byHand = settings.threads.isPresent();
        Executor executor = settings.threads.orElse(threads);
        this.workers = new TaskWorkers(
                board,
                types,
                new HandlerCall(new Backoff(settings.random)),
                new TaskWorkers.Settings(ids.next().value(), settings.workers, settings.lease, executor, timer::wake));
        this.maxPending = settings.maxPending;
        this.patience = settings.patience;
        board.reload();
    }

    /** Begins a queue over a store, of which there is one in a process. */
    public static TaskQueueBuilder over(TaskStore store) {
        return new TaskQueueBuilder(store);
    }

    /**
     * Begins to work, with what was left when the process ended first of all.
     *
     * @throws IllegalStateException if it was started before, or is closed
     */
    public void start() {
        if (closed.get() || !started.compareAndSet(false, true)) {
            throw new IllegalStateException("task queue: started or closed (expected: new)");
        }
        if (!byHand) {
            timer.start();
        }
    }

    /**
     * Records a task, to be done. When this returns the task will be done even if the process dies.
     *
     * @throws TaskRefusedException if too many wait, or the queue is closed
     * @throws TaskStoreException if it could not be recorded
     */
    public Task enqueue(TaskRequest request) {
        Task task;
        synchronized (board) {
            requireRoom();
            task = TaskSteps.created(ids.next(), request, board.clock().instant());
            board.add(task);
        }
        timer.wake();
        return task;
    }

    private void requireRoom() {
        if (closed.get()) {
            throw new TaskRefusedException(Reason.CLOSED, "task queue: closed (expected: open)");
        }
        if (board.count(TaskState.PENDING) >= maxPending) {
            throw new TaskRefusedException(
                    Reason.FULL, "pending tasks: " + maxPending + " (expected: fewer, before another)");
        }
    }

    /** A task as it is, with the progress it has told by now. Takes no lock. */
    public Optional<Task> find(TaskId id) {
        return board.find(id).map(workers::shown);
    }

    /** A page of the tasks there are, the newest first. Takes no lock. */
    public List<Task> list(TaskPage page) {
        NavigableMap<TaskId, Task> newest = board.tasks().descendingMap();
        Stream<Task> asked = page.before().map(id -> newest.tailMap(id, false)).orElse(newest).values().stream();
        return asked.filter(task -> page.state().map(task.state()::equals).orElse(true))
                .limit(page.limit())
                .map(workers::shown)
                .toList();
    }

    /**
     * Calls a task off. One that waits is canceled at once, or, where its type {@linkplain TaskOptions#undoing() says so}, undone by its
     * handler first; one that runs is asked to end, which its handler does when it sees fit. Asking again changes nothing.
     *
     * @return the task as it is then
     * @throws UnknownTaskException if there is no such task
     * @throws TaskConflictException if it has ended, other than by being called off
     * @throws TaskStoreException if that could not be recorded
     */
    public Task cancel(TaskId id) {
        Instant now = board.clock().instant();
        Optional<Task> changed = board.change(id, current -> switch (current.state()) {
            case PENDING -> waitingCanceled(current, now);
            case RUNNING ->
                current.isCancelRequested() ? Optional.empty() : Optional.of(TaskSteps.cancelRequested(current, now));
            case CANCELED -> Optional.empty();
            case COMPLETED, FAILED -> throw new TaskConflictException(current.state(), "pending or running");
        });
        workers.cancel(id);
        timer.wake();
        return changed.map(workers::shown).orElseGet(() -> current(id));
    }

    private Optional<Task> waitingCanceled(Task waiting, Instant now) {
        if (!types.isUndoing(waiting.type())) {
            return Optional.of(TaskSteps.canceled(waiting, now));
        }
        return waiting.isCancelRequested() ? Optional.empty() : Optional.of(TaskSteps.undone(waiting, now));
    }

    /**
     * Has a task done that failed or was called off, at once and with all its attempts again. What its handler saved is still there.
     *
     * @return the task as it is then
     * @throws UnknownTaskException if there is no such task
     * @throws TaskConflictException if it has not ended so
     * @throws TaskRefusedException if too many wait, or the queue is closed
     * @throws TaskStoreException if that could not be recorded
     */
    public Task retry(TaskId id) {
        Instant now = board.clock().instant();
        Task retried = board.change(id, current -> switch (current.state()) {
                    case FAILED, CANCELED -> {
                        requireRoom();
                        yield Optional.of(TaskSteps.retried(current, now));
                    }
                    case PENDING, RUNNING, COMPLETED ->
                        throw new TaskConflictException(current.state(), "failed or canceled");
                })
                .orElseThrow();
        timer.wake();
        return retried;
    }

    private Task current(TaskId id) {
        return find(id).orElseThrow(() -> new UnknownTaskException(id));
    }

    /**
     * The events of a task that a reader has missed: those since the one it has seen last, of which the last 256 are kept while the
     * task runs and for a while afterwards; else one that tells everything, and an end where nothing more happens.
     *
     * @param seen the id of that event; empty where the reader has seen none
     * @throws UnknownTaskException if there is no such task
     */
    public List<TaskEvent> eventsAfter(TaskId id, OptionalLong seen) {
        return channels.after(seen, current(id), () -> current(id));
    }

    /**
     * Tells a listener the events that it has missed, as {@link #eventsAfter} has them, before this returns, and then whatever follows.
     *
     * @throws UnknownTaskException if there is no such task
     */
    public TaskWatch watch(TaskId id, OptionalLong seen, TaskListener listener) {
        return channels.watch(seen, current(id), () -> current(id), listener);
    }

    /**
     * Completes with the task when it has ended, at once if it has. If the queue closes before, it completes exceptionally with a {@link
     * TaskRefusedException}. What depends on it is run where listeners are: it must not block nor call the queue. Whoever does not want to
     * wait any longer cancels it.
     *
     * @throws UnknownTaskException if there is no such task
     */
    public CompletableFuture<Task> whenEnded(TaskId id) {
        CompletableFuture<Task> ended = new CompletableFuture<>();
        TaskWatch watch = watch(id, OptionalLong.empty(), new EndListener(ended));
        ended.whenComplete((task, failure) -> watch.close());
        return ended;
    }

    /** How many tasks there are and were. Takes no lock. */
    public TaskTotals totals() {
        return new TaskTotals(board.counts(), types.completed(), types.failed(), board.unreadable());
    }

    /**
     * Does what is due.
     *
     * @return the time until there is more, unless something happens before
     */
    Duration tick() {
        Instant now = board.clock().instant();
        if (board.isShared() && !now.isBefore(reloadDue)) {
            reload();
            reloadDue = now.plus(WHILE_SHARED);
        }
        workers.tick(now);
        Duration longest = !workers.isIdle() ? WHILE_RUNNING : board.isShared() ? WHILE_SHARED : WHILE_IDLE;
        return workers.nextDue(now)
                .map(due -> Duration.between(now, due))
                .filter(wait -> wait.compareTo(longest) < 0)
                .orElse(longest);
    }

    private void reload() {
        try {
            board.reload();
        } catch (TaskStoreException e) {
            LOG.warn("The tasks of others could not be read; tried again in {}", WHILE_SHARED, e);
        }
    }

    /**
     * Ends the queue: nothing more is taken or begun, handlers are asked to let go, and are waited for as long as the queue has
     * patience. A task that was let go, or whose handler did not, goes on at the next start. Nobody is interrupted. Listeners are told
     * that nothing follows. A second call returns at once.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        workers.putOff();
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            timer.stop(patience);
            threads.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            workers.abandon();
            channels.close();
        }
    }
}
