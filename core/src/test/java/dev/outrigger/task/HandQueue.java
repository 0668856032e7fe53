package dev.outrigger.task;

import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A queue whose handlers run on the test's own thread, in a tick, by a clock that the test moves. */
public final class HandQueue {

    private final ManualTime time;
    private final TaskStore store;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final TaskQueue queue;

    private HandQueue(ManualTime time, TaskStore store, UnaryOperator<TaskQueueBuilder> settings) {
        this.time = time;
        this.store = store;
        TaskQueueBuilder builder =
                TaskQueue.over(store).clock(time).random(() -> 0L).byHand(Runnable::run);
        this.queue = settings.apply(builder.type("note", TaskOptions.defaults().atOnce(9), this::note))
                .build();
        queue.start();
    }

    public static HandQueue of(UnaryOperator<TaskQueueBuilder> settings) {
        return new HandQueue(new ManualTime(), MemoryTaskStore.create(), settings);
    }

    static HandQueue over(TaskStore store, ManualTime time, UnaryOperator<TaskQueueBuilder> settings) {
        return new HandQueue(time, store, settings);
    }

    /** A handler that writes down what it was to do. */
    private TaskResult note(TaskContext context) {
        done.add(context.task().payload());
        return TaskResult.none();
    }

    /** As after a crash: the same store, and nothing of this queue but that. */
    HandQueue reopened(UnaryOperator<TaskQueueBuilder> settings) {
        return new HandQueue(time, store, settings);
    }

    public TaskQueue queue() {
        return queue;
    }

    public ManualTime time() {
        return time;
    }

    TaskStore store() {
        return store;
    }

    List<String> done() {
        return done;
    }

    public Task enqueue(String type, String payload) {
        return queue.enqueue(TaskRequest.of(type, payload));
    }

    public void tick() {
        queue.tick();
    }

    void tickAfter(Duration wait) {
        time.move(wait);
        queue.tick();
    }

    public Task now(Task task) {
        return queue.find(task.id()).orElseThrow();
    }
}
