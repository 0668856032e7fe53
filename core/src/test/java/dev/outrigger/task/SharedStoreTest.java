package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several queues over one store, as the worker processes of a cluster have it. */
class SharedStoreTest {

    private static final TaskOptions ANY = TaskOptions.defaults();

    private final ManualTime time = new ManualTime();
    private final MemoryTaskStore store = MemoryTaskStore.shared();
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();

    /** Claims tasks, and runs them when the test says so. */
    private HandQueue holding() {
        return HandQueue.over(
                store,
                time,
                builder -> builder.type("long", ANY, context -> {
                            try {
                                context.checkpoint();
                            } catch (TaskStopException e) {
                                stopped.add(e.getClass().getSimpleName());
                                throw e;
                            }
                            return TaskResult.none();
                        })
                        .byHand(held::add));
    }

    private HandQueue working() {
        return HandQueue.over(store, time, builder -> builder.type("long", ANY, context -> TaskResult.none()));
    }

    private HandQueue enqueueing() {
        return HandQueue.over(store, time, builder -> builder.workers(0));
    }

    @Test
    void oneNodeEnqueuesAndAnotherWorks() {
        HandQueue enqueueing = enqueueing();
        HandQueue working = working();
        Task task = enqueueing.enqueue("long", "work");
        working.tick();
        assertThat(enqueueing.now(task).state()).isEqualTo(TaskState.PENDING);
        enqueueing.tick();
        assertThat(enqueueing.now(task).state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void aTaskOfAnotherIsLeftAloneUntilItsLeaseIsOver() {
        HandQueue dead = holding();
        HandQueue working = working();
        Task task = dead.enqueue("long", "work");
        dead.tick();
        working.tickAfter(Duration.ofSeconds(29));
        assertThat(working.now(task).state()).isEqualTo(TaskState.RUNNING);
        working.tickAfter(Duration.ofSeconds(1));
        assertThat(working.now(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(working.now(task).attempts()).isEqualTo(2);

        held.forEach(Runnable::run); // It was not dead after all.
        assertThat(store.find(task.id()).orElseThrow().fence()).isEqualTo(2);
        assertThat(dead.queue().totals().completed()).containsEntry("long", 0L);
    }

    @Test
    void whoGivesSignsOfLifeKeepsItsTask() {
        HandQueue busy = holding();
        HandQueue working = working();
        Task task = busy.enqueue("long", "work");
        busy.tick();
        for (int i = 0; i < 10; i++) {
            time.move(Duration.ofSeconds(10));
            busy.tick();
            working.tick();
        }
        held.forEach(Runnable::run);
        assertThat(busy.now(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(busy.now(task).attempts()).isEqualTo(1);
    }

    @Test
    void whoIsCalledOffByAnotherNodeHearsOfIt() {
        HandQueue busy = holding();
        HandQueue other = enqueueing();
        Task task = busy.enqueue("long", "work");
        busy.tick();
        other.tickAfter(Duration.ofSeconds(1));
        other.queue().cancel(task.id());
        busy.tickAfter(Duration.ofSeconds(1));
        held.forEach(Runnable::run);

        assertThat(stopped).containsExactly("TaskCanceledException");
        assertThat(busy.now(task).state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void twoThatWantOneTaskDoNotBothGetIt() {
        HandQueue one = holding();
        HandQueue two = holding();
        Task task = one.enqueue("long", "work");
        two.tickAfter(Duration.ofSeconds(1));
        assertThat(held).hasSize(1);
        time.move(Duration.ofMillis(500));
        // Its view is as old as its last look: it still takes the task for free.
        one.tick();
        assertThat(held).hasSize(1);
        assertThat(store.find(task.id()).orElseThrow().fence()).isEqualTo(1);
    }

    @Test
    void whatAnotherHasDoneAndForgottenIsForgottenHereToo() {
        HandQueue working = HandQueue.over(store, time, builder -> builder.historyKept(1));
        HandQueue enqueueing = enqueueing();
        Task first = enqueueing.enqueue("note", "1");
        enqueueing.enqueue("note", "2");
        working.tickAfter(Duration.ofSeconds(1));
        enqueueing.tickAfter(Duration.ofSeconds(1));
        assertThat(enqueueing.queue().find(first.id())).isEmpty();
        assertThat(enqueueing.queue().totals().states()).containsEntry(TaskState.COMPLETED, 1);
    }
}
