package dev.outrigger.task;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Says which tasks a queue does, and how. Each method checks its arguments at once; nothing is read before {@link #build()}, and no
 * thread begins before {@link TaskQueue#start()}.
 *
 * <p>Used by one thread, for one queue.
 */
public final class TaskQueueBuilder {

    final TaskStore store;
    final Map<String, TaskTypes.Entry> types = new TreeMap<>();
    int workers = 1;
    int maxPending = 10_000;
    int historyKept = 1_000;
    Duration patience = Duration.ofSeconds(10);
    Duration lease = Duration.ofSeconds(30);
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new Random();
    Optional<Executor> threads = Optional.empty();

    TaskQueueBuilder(TaskStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * Adds a handler for a type of tasks. A task whose type has none fails when its turn comes, so all processes with workers over
     * one store have the same types.
     *
     * @param name letters, digits, {@code . _ -}, at most 63; {@code unknown} is taken
     * @throws IllegalArgumentException if it is malformed or taken
     */
    public TaskQueueBuilder type(String name, TaskOptions options, TaskHandler handler) {
        String type = new TaskType(name).value();
        TaskTypes.Entry entry =
                new TaskTypes.Entry(requireNonNull(options, "options"), requireNonNull(handler, "handler"));
        if (type.equals(TaskTypes.UNKNOWN) || types.putIfAbsent(type, entry) != null) {
            throw new IllegalArgumentException("task type: '" + type + "' (expected: one that is not taken)");
        }
        return this;
    }

    /**
     * Sets how many tasks run at the same time. A handler that hangs keeps its worker, so one more than the types that are not to wait
     * for each other is a good number. Default: 1.
     *
     * @param number 0 for a node that only enqueues, for others to work
     */
    public TaskQueueBuilder workers(int number) {
        this.workers = atLeast(0, "workers", number);
        return this;
    }

    /** Sets how many tasks may wait, at least 1, before more are refused. Default: 10,000. */
    public TaskQueueBuilder maxPending(int number) {
        this.maxPending = atLeast(1, "max pending", number);
        return this;
    }

    /** Sets how many tasks are kept that are over, the last ones. Default: 1,000. */
    public TaskQueueBuilder historyKept(int number) {
        this.historyKept = atLeast(0, "history kept", number);
        return this;
    }

    /** Sets how long a closing queue waits for handlers to let go, at least 0. Default: 10 s. */
    public TaskQueueBuilder closePatience(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("close patience: " + duration + " (expected: >= 0)");
        }
        this.patience = duration;
        return this;
    }

    /**
     * Sets how long a worker of a shared store keeps a task without a sign of life, above 0; it gives one three times in that time, and
     * records progress then. Default: 30 s.
     */
    public TaskQueueBuilder lease(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("lease: " + duration + " (expected: > 0)");
        }
        this.lease = duration;
        return this;
    }

    /** Sets the clock. Default: the system's. */
    public TaskQueueBuilder clock(InstantSource newClock) {
        this.clock = requireNonNull(newClock, "clock");
        return this;
    }

    /** Sets what spreads tasks that failed together; safe for several threads. Default: a {@link Random}. */
    public TaskQueueBuilder random(RandomGenerator newRandom) {
        this.random = requireNonNull(newRandom, "random");
        return this;
    }

    /** Has handlers run here, and nothing happen by itself: whoever tests calls {@link TaskQueue#tick()}. */
    TaskQueueBuilder byHand(Executor newThreads) {
        this.threads = Optional.of(newThreads);
        return this;
    }

    /**
     * Reads the store. Tasks can be enqueued from now on; they are begun once the queue is started.
     *
     * @throws TaskStoreException if the store cannot be read
     */
    public TaskQueue build() {
        return new TaskQueue(this);
    }

    private static int atLeast(int least, String name, int number) {
        if (number < least) {
            throw new IllegalArgumentException(name + ": " + number + " (expected: >= " + least + ")");
        }
        return number;
    }
}
