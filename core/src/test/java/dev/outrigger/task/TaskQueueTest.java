package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.task.TaskRefusedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TaskQueueTest {

    private static final TaskOptions ANY = TaskOptions.defaults();

    @Test
    void aTaskIsDoneOnceAndTellsWhatCameOut() {
        HandQueue hand = HandQueue.of(builder ->
                builder.type("count", ANY, context -> TaskResult.of(json -> json.field("bytes", 7L))));
        Task task = hand.enqueue("count", "{}");
        assertThat(task.state()).isEqualTo(TaskState.PENDING);
        assertThat(task.id().value()).matches("[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{16}");

        hand.tickAfter(Duration.ofSeconds(1));
        hand.tickAfter(Duration.ofHours(2));

        Task done = hand.now(task);
        assertThat(done.state()).isEqualTo(TaskState.COMPLETED);
        assertThat(done.attempts()).isEqualTo(1);
        assertThat(done.result().json()).hasValue("{\"bytes\":7}");
        assertThat(done.finishedAt()).hasValue(task.createdAt().plusSeconds(1));
        assertThat(done.lease()).isEmpty();
        assertThat(hand.queue().totals().completed()).containsEntry("count", 1L);
    }

    @Test
    void whatWaitsGoesByPriorityThenByItsTimeThenInOrder() {
        HandQueue hand = HandQueue.of(builder -> builder);
        hand.queue()
                .enqueue(TaskRequest.of("note", "later")
                        .due(hand.time().instant().plusSeconds(5)));
        hand.queue().enqueue(TaskRequest.of("note", "third").priority(1));
        hand.enqueue("note", "first");
        hand.enqueue("note", "second");
        hand.queue().enqueue(TaskRequest.of("note", "urgent").priority(-1));

        hand.tick();
        assertThat(hand.done()).containsExactly("urgent", "first", "second", "third");
        assertThat(hand.queue().tick()).isEqualTo(Duration.ofSeconds(5));
        hand.tickAfter(Duration.ofSeconds(5));
        assertThat(hand.done()).endsWith("later");
    }

    @Test
    void aFailureComesBackAfterTenSecondsTimesTheSquareOfItsAttempts() {
        List<Long> begun = new ArrayList<>();
        HandQueue hand = HandQueue.of(builder -> builder.type("bad", ANY, context -> {
            begun.add(context.task().updatedAt().getEpochSecond());
            throw TaskFailure.retryable("the bucket does not answer", new IOException("secret detail"));
        }));
        Task task = hand.enqueue("bad", "");
        hand.tick();
        assertThat(hand.now(task).state()).isEqualTo(TaskState.PENDING);
        assertThat(hand.now(task).lastError()).hasValue("the bucket does not answer");
        assertThat(hand.now(task).due()).isEqualTo(task.createdAt().plusSeconds(10));

        for (int second = 0; second < 400; second++) {
            hand.tickAfter(Duration.ofSeconds(1));
        }
        long start = task.createdAt().getEpochSecond();
        assertThat(begun).containsExactly(start, start + 10, start + 50, start + 140, start + 300);
        assertThat(hand.now(task).state()).isEqualTo(TaskState.FAILED);
        assertThat(hand.now(task).attempts()).isEqualTo(5);
        assertThat(hand.queue().totals().failed()).containsEntry("bad", 1L).containsEntry("unknown", 0L);
    }

    @Test
    void noWaitIsLongerThanAnHourAndJitterShortensByATenthAtMost() {
        assertThat(new Backoff(() -> 0L).after(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(new Backoff(() -> 0L).after(18)).isEqualTo(Duration.ofMinutes(54));
        assertThat(new Backoff(() -> 0L).after(19)).isEqualTo(Duration.ofHours(1));
        assertThat(new Backoff(() -> 0L).after(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
        assertThat(new Backoff(() -> -1L).after(1)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aTerminalFailureAndAnErrorAreFinalAtOnceAndCostNoOtherTask() {
        HandQueue hand = HandQueue.of(builder -> builder.type("bad", ANY, context -> {
                    throw TaskFailure.terminal("no such table: t");
                })
                .type("broken", ANY, context -> {
                    throw new StackOverflowError("deep in /secret/path");
                }));
        Task bad = hand.enqueue("bad", "");
        Task broken = hand.enqueue("broken", "");
        hand.enqueue("note", "after them");
        hand.tick();

        assertThat(hand.now(bad).state()).isEqualTo(TaskState.FAILED);
        assertThat(hand.now(bad).lastError()).hasValue("no such table: t");
        assertThat(hand.now(broken).state()).isEqualTo(TaskState.FAILED);
        assertThat(hand.now(broken).lastError().orElseThrow()).doesNotContain("secret");
        assertThat(hand.done()).containsExactly("after them");
    }

    @Test
    void anyOtherExceptionIsTriedAgainAndNotQuoted() {
        HandQueue hand = HandQueue.of(builder -> builder.type("odd", ANY, context -> {
            throw new IllegalStateException("/secret/path");
        }));
        Task task = hand.enqueue("odd", "");
        hand.tick();

        assertThat(hand.now(task).state()).isEqualTo(TaskState.PENDING);
        assertThat(hand.now(task).lastError()).hasValue("Failed unexpectedly; the log has the reason under this id");
    }

    @Test
    void aTypeThatNobodyKnowsFailsThatTaskAndStopsNobody() {
        HandQueue hand = HandQueue.of(builder -> builder);
        Task strange = hand.enqueue("of-the-future", "");
        hand.enqueue("note", "known");
        hand.tick();

        assertThat(hand.now(strange).state()).isEqualTo(TaskState.FAILED);
        assertThat(hand.now(strange).lastError()).hasValue("No handler for this type of task");
        assertThat(hand.done()).containsExactly("known");
        assertThat(hand.queue().totals().failed()).containsEntry("unknown", 1L);
    }

    @Test
    void whatIsSavedIsThereForTheNextAttempt() {
        List<Optional<String>> found = new ArrayList<>();
        HandQueue hand = HandQueue.of(builder -> builder.type("shards", ANY, context -> {
            found.add(context.saved());
            context.save("shard " + context.task().attempts());
            assertThat(context.saved()).hasValue("shard " + context.task().attempts());
            throw TaskFailure.retryable("not yet");
        }));
        hand.enqueue("shards", "");
        hand.tick();
        hand.tickAfter(Duration.ofSeconds(10));

        assertThat(found).containsExactly(Optional.empty(), Optional.of("shard 1"));
    }

    @Test
    void whatWaitsIsCanceledAtOnce() {
        HandQueue hand = HandQueue.of(builder -> builder);
        Task task = hand.enqueue("note", "never");

        assertThat(hand.queue().cancel(task.id()).state()).isEqualTo(TaskState.CANCELED);
        assertThat(hand.queue().cancel(task.id()).state()).isEqualTo(TaskState.CANCELED);
        hand.tick();
        assertThat(hand.done()).isEmpty();
    }

    @Test
    void whatRunsIsAskedToEndAndEndsCanceled() {
        CompletableFuture<TaskQueue> itself = new CompletableFuture<>();
        List<Boolean> stopping = new ArrayList<>();
        HandQueue hand = HandQueue.of(builder -> builder.type("long", ANY, context -> {
            context.checkpoint();
            stopping.add(context.isStopping());
            Task asked = itself.join().cancel(context.task().id());
            assertThat(asked.state()).isEqualTo(TaskState.RUNNING);
            assertThat(asked.isCancelRequested()).isTrue();
            stopping.add(context.isStopping());
            context.save("what is to be cleaned up");
            context.checkpoint();
            return TaskResult.none();
        }));
        itself.complete(hand.queue());
        Task task = hand.enqueue("long", "");
        hand.tick();

        assertThat(stopping).containsExactly(false, true);
        assertThat(hand.now(task).state()).isEqualTo(TaskState.CANCELED);
        assertThat(hand.now(task).lastError()).isEmpty();
    }

    @Test
    void whoIsCalledOffAndSucceedsNeverthelessHasSucceeded() {
        CompletableFuture<TaskQueue> itself = new CompletableFuture<>();
        HandQueue hand = HandQueue.of(builder -> builder.type("fast", ANY, context -> {
            itself.join().cancel(context.task().id());
            return TaskResult.none();
        }));
        itself.complete(hand.queue());
        Task task = hand.enqueue("fast", "");
        hand.tick();

        assertThat(hand.now(task).state()).isEqualTo(TaskState.COMPLETED);
        assertThatThrownBy(() -> hand.queue().cancel(task.id()))
                .isInstanceOf(TaskConflictException.class)
                .hasMessage("state: completed (expected: pending or running)");
    }

    @Test
    void onlyWhatFailedOrWasCanceledCanBeDoneAgain() {
        List<Integer> attempts = new ArrayList<>();
        HandQueue hand = HandQueue.of(builder -> builder.type("bad", ANY, context -> {
            attempts.add(context.task().attempts());
            throw TaskFailure.terminal("cannot");
        }));
        Task task = hand.enqueue("bad", "");
        assertThatThrownBy(() -> hand.queue().retry(task.id()))
                .isInstanceOf(TaskConflictException.class)
                .hasMessage("state: pending (expected: failed or canceled)");
        hand.tick();
        Task retried = hand.queue().retry(task.id());
        assertThat(retried.state()).isEqualTo(TaskState.PENDING);
        assertThat(retried.attempts()).isZero();
        assertThat(retried.finishedAt()).isEmpty();
        assertThat(retried.lastError()).hasValue("cannot");
        hand.tick();
        assertThat(attempts).containsExactly(1, 1);
        hand.queue().retry(task.id());
        hand.queue().cancel(task.id());
        assertThat(hand.queue().retry(task.id()).isCancelRequested()).isFalse();
        assertThatThrownBy(() -> hand.queue().retry(new TaskId("none"))).isInstanceOf(UnknownTaskException.class);
    }

    @Test
    void whenEnoughWaitNoMoreAreTaken() {
        HandQueue hand = HandQueue.of(builder -> builder.maxPending(2));
        hand.enqueue("note", "1");
        Task second = hand.enqueue("note", "2");
        assertThatThrownBy(() -> hand.enqueue("note", "3"))
                .isInstanceOfSatisfying(
                        TaskRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL))
                .hasMessage("pending tasks: 2 (expected: fewer, before another)");
        hand.queue().cancel(second.id());
        Task third = hand.enqueue("note", "3");
        assertThatThrownBy(() -> hand.queue().retry(second.id())).isInstanceOf(TaskRefusedException.class);
        assertThat(hand.now(third).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void ofWhatIsOverTheLastAreKept() {
        HandQueue hand = HandQueue.of(builder -> builder.historyKept(2));
        Task first = hand.enqueue("note", "1");
        hand.enqueue("note", "2");
        hand.enqueue("note", "3");
        hand.tick();

        assertThat(hand.queue().find(first.id())).isEmpty();
        assertThat(hand.store().load()).hasSize(2);
        assertThat(hand.queue().list(TaskPage.newest(9)))
                .extracting(Task::payload)
                .containsExactly("3", "2");
        assertThat(hand.queue().totals().states())
                .containsEntry(TaskState.COMPLETED, 2)
                .containsEntry(TaskState.PENDING, 0);
    }

    @Test
    void aNodeWithoutWorkersOnlyEnqueues() {
        HandQueue hand = HandQueue.of(builder -> builder.workers(0));
        hand.enqueue("note", "for somebody else");
        hand.tick();

        assertThat(hand.done()).isEmpty();
        assertThat(hand.queue().tick()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void payloadsAndTypesHaveBounds() {
        TaskRequest.of("a", "é".repeat(32 * 1024));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaskRequest.of("a", "é".repeat(32 * 1024) + "x"))
                .withMessage("payload: 65537 bytes or more (expected: at most 65536)");
        assertThatIllegalArgumentException().isThrownBy(() -> TaskRequest.of("a/b", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId("../x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandQueue.of(builder -> builder.type("note", ANY, context -> TaskResult.none())))
                .withMessage("task type: 'note' (expected: one that is not taken)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HandQueue.of(builder -> builder.type("unknown", ANY, context -> TaskResult.none())));
    }

    @Test
    void idsSortInOrderEvenWhereTheClockIsSetBack() {
        HandQueue hand = HandQueue.of(builder -> builder);
        Task first = hand.enqueue("note", "1");
        Task second = hand.enqueue("note", "2");
        hand.time().move(Duration.ofHours(-1));
        Task third = hand.enqueue("note", "3");

        assertThat(List.of(third.id(), first.id(), second.id()).stream().sorted())
                .containsExactly(first.id(), second.id(), third.id());
    }
}
