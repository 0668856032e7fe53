package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What was called off while it waited left behind what only its handler knows of. */
class TaskUndoTest {

    private final List<String> handled = new ArrayList<>();

    private UnaryOperator<TaskQueueBuilder> type(TaskHandler handler) {
        return builder -> builder.workers(2).type("copy", TaskOptions.defaults().undoing(), handler);
    }

    private TaskResult copy(TaskContext context) throws TaskFailure {
        if (context.isStopping()) {
            handled.add("undone " + context.task().payload());
            context.checkpoint();
        }
        handled.add("tried " + context.task().payload());
        throw TaskFailure.retryable("not yet");
    }

    @Test
    void whatIsCalledOffBetweenTwoAttemptsIsUndoneByItsHandlerAtOnce() {
        HandQueue hand = HandQueue.of(type(this::copy));
        Task task = hand.enqueue("copy", "a");
        hand.tick();

        Task asked = hand.queue().cancel(task.id());
        assertThat(asked.state()).isEqualTo(TaskState.PENDING);
        assertThat(asked.isCancelRequested()).isTrue();
        assertThat(hand.queue().cancel(task.id())).isEqualTo(asked);
        hand.tick();

        assertThat(handled).containsExactly("tried a", "undone a");
        assertThat(hand.now(task).state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void whatIsCalledOffBeforeItsFirstAttemptIsUndoneToo() {
        HandQueue hand = HandQueue.of(type(this::copy));
        Task task = hand.enqueue("copy", "a");
        CompletableFuture<Task> end = hand.queue().whenEnded(task.id());
        hand.queue().cancel(task.id());
        hand.tick();

        assertThat(handled).containsExactly("undone a");
        assertThat(end).isCompletedWithValueMatching(ended -> ended.state() == TaskState.CANCELED);
    }

    @Test
    void anUndoneTaskWaitsForNoOtherOfItsType() {
        CompletableFuture<HandQueue> itself = new CompletableFuture<>();
        HandQueue hand = HandQueue.of(type(context -> {
            if (context.task().payload().equals("long")) {
                HandQueue queue = itself.join();
                Task other = queue.enqueue("copy", "other");
                queue.queue().cancel(other.id());
                queue.tick();
                assertThat(queue.now(other).state()).isEqualTo(TaskState.CANCELED);
                return TaskResult.none();
            }
            return copy(context);
        }));
        itself.complete(hand);
        Task task = hand.enqueue("copy", "long");
        hand.tick();

        assertThat(handled).containsExactly("undone other");
        assertThat(hand.now(task).state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void whatWasToBeUndoneIsUndoneAfterACrash() {
        HandQueue hand = HandQueue.of(type(this::copy));
        Task task = hand.enqueue("copy", "a");
        hand.tick();
        hand.queue().cancel(task.id());

        HandQueue next = hand.reopened(type(this::copy));
        next.tick();

        assertThat(handled).containsExactly("tried a", "undone a");
        assertThat(next.now(task).state()).isEqualTo(TaskState.CANCELED);
    }

    @Test
    void aHandlerThatCannotUndoIsNotAskedAgain() {
        HandQueue hand = HandQueue.of(type(context -> {
            handled.add("asked");
            throw TaskFailure.retryable("the disk is gone");
        }));
        Task task = hand.enqueue("copy", "a");
        hand.queue().cancel(task.id());
        hand.tick();
        hand.tickAfter(Duration.ofHours(2));

        assertThat(handled).containsExactly("asked");
        assertThat(hand.now(task).state()).isEqualTo(TaskState.CANCELED);
    }
}
