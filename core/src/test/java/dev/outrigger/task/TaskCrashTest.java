package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.health.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks whose process is no more: its queue is dropped, and another opened over what it left. */
class TaskCrashTest {

    private static final TaskOptions ANY = TaskOptions.defaults();

    /** Claims tasks and never runs them: as if the process died just then. */
    private static TaskQueueBuilder dying(TaskQueueBuilder builder) {
        return builder.type("long", ANY, context -> TaskResult.none()).byHand(attempt -> {});
    }

    private static TaskQueueBuilder living(TaskQueueBuilder builder) {
        return builder.type("long", ANY, context -> TaskResult.of(json -> json.field("by", "the next")));
    }

    @Test
    void whatRanIsPickedUpAtTheNextStart() {
        HandQueue first = HandQueue.of(TaskCrashTest::dying);
        Task task = first.enqueue("long", "work");
        first.tick();
        assertThat(first.now(task).state()).isEqualTo(TaskState.RUNNING);

        HandQueue next = first.reopened(TaskCrashTest::living);
        next.tick();

        assertThat(next.now(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(next.now(task).attempts()).isEqualTo(2);
    }

    @Test
    void whatWasRecordedInFilesSurvivesToo(@TempDir Path directory) {
        ManualTime time = new ManualTime();
        FileTaskStore left = FileTaskStore.open(directory);
        HandQueue first = HandQueue.over(left, time, TaskCrashTest::dying);
        Task running = first.enqueue("long", "work");
        first.tick();
        Task waiting = first.enqueue("long", "more");
        left.close(); // As the system does to the lock of a process that died.

        try (FileTaskStore store = FileTaskStore.open(directory)) {
            HandQueue next = HandQueue.over(store, time, TaskCrashTest::living);
            next.tick();
            assertThat(next.now(running).state()).isEqualTo(TaskState.COMPLETED);
            assertThat(next.now(running).attempts()).isEqualTo(2);
            assertThat(next.now(waiting).state()).isEqualTo(TaskState.COMPLETED);
            assertThat(next.now(waiting).attempts()).isEqualTo(1);
        }
    }

    @Test
    void whatNoProcessSurvivesIsGivenUpAfterItsLastAttempt() {
        HandQueue hand = HandQueue.of(TaskCrashTest::dying);
        Task task = hand.enqueue("long", "poison");
        for (int attempt = 1; attempt <= 5; attempt++) {
            hand.tick();
            assertThat(hand.now(task).state()).isEqualTo(TaskState.RUNNING);
            hand = hand.reopened(TaskCrashTest::dying);
        }
        hand.tick();

        assertThat(hand.now(task).state()).isEqualTo(TaskState.FAILED);
        assertThat(hand.now(task).attempts()).isEqualTo(5);
        assertThat(hand.now(task).lastError()).hasValue("The process ended during each of its attempts");
        assertThat(hand.queue().totals().failed()).containsEntry("long", 1L);
    }

    @Test
    void whatWasCalledOffBeforeTheCrashIsBegunToBeCleanedUp() {
        HandQueue first = HandQueue.of(TaskCrashTest::dying);
        Task task = first.enqueue("long", "work");
        first.tick();
        first.queue().cancel(task.id());
        List<String> cleaned = new ArrayList<>();
        HandQueue next = first.reopened(builder -> builder.type("long", ANY, context -> {
            try {
                context.checkpoint();
            } catch (TaskCanceledException e) {
                cleaned.add(context.task().payload());
                throw e;
            }
            return TaskResult.none();
        }));
        next.tick();

        assertThat(cleaned).containsExactly("work");
        assertThat(next.now(task).state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void whoWasTakenForDeadCanDoNothingToItsTaskAnyMore() {
        CompletableFuture<HandQueue> itself = new CompletableFuture<>();
        List<Throwable> told = new ArrayList<>();
        HandQueue stale = HandQueue.of(builder -> builder.type("long", ANY, context -> {
            itself.join().reopened(TaskCrashTest::living).tick();
            try {
                context.save("mine");
            } catch (TaskLeaseLostException e) {
                told.add(e);
            }
            assertThatThrownBy(() -> context.progress(TaskProgress.in("copying")))
                    .isInstanceOf(TaskLeaseLostException.class);
            assertThatThrownBy(() -> context.log("line")).isInstanceOf(TaskLeaseLostException.class);
            assertThatThrownBy(context::checkpoint).isInstanceOf(TaskLeaseLostException.class);
            return TaskResult.of(json -> json.field("by", "the stale one"));
        }));
        itself.complete(stale);
        Task task = stale.enqueue("long", "work");
        stale.tick();

        assertThat(told).hasSize(1);
        Task recorded = stale.store().find(task.id()).orElseThrow();
        assertThat(recorded.result().json()).hasValue("{\"by\":\"the next\"}");
        assertThat(recorded.fence()).isEqualTo(2);
        assertThat(recorded.saved()).isEmpty();
    }

    @Test
    void aStoreThatTakesNothingForAWhileLosesNoEnd() {
        FlakyStore store = new FlakyStore();
        HandQueue hand = HandQueue.over(
                store,
                new ManualTime(),
                builder -> builder.type("long", ANY, context -> {
                    store.fails = true;
                    return TaskResult.none();
                }));
        Task task = hand.enqueue("long", "work");
        hand.tick();
        assertThat(hand.now(task).state()).isEqualTo(TaskState.RUNNING);
        assertThatThrownBy(() -> hand.enqueue("note", "refused")).isInstanceOf(TaskStoreException.class);
        hand.tick();
        store.fails = false;
        hand.tick();

        assertThat(hand.now(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(hand.now(task).attempts()).isEqualTo(1);
    }

    @Test
    void aStoreThatTakesNoClaimIsAskedAgainLater() {
        FlakyStore store = new FlakyStore();
        HandQueue hand = HandQueue.over(store, new ManualTime(), builder -> builder);
        hand.enqueue("note", "work");
        store.fails = true;
        hand.tick();
        assertThat(hand.queue().tick()).isEqualTo(Duration.ofSeconds(5));
        store.fails = false;
        hand.tick();
        assertThat(hand.done()).isEmpty();
        hand.tickAfter(Duration.ofSeconds(5));
        assertThat(hand.done()).containsExactly("work");
    }
}
