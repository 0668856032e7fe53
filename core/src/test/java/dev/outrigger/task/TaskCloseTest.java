package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.task.TaskRefusedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue with threads of its own: how it works, and how it ends. */
class TaskCloseTest {

    private static final TaskOptions ANY = TaskOptions.defaults();

    private final MemoryTaskStore store = MemoryTaskStore.create();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    @AfterEach
    void release() {
        letGo.countDown();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("outrigger-task"))
                .sorted()
                .toList();
    }

    private TaskQueue started(TaskQueueBuilder builder) {
        TaskQueue queue = builder.build();
        queue.start();
        return queue;
    }

    private TaskResult hang(TaskContext context) throws InterruptedException {
        begun.countDown();
        letGo.await();
        return TaskResult.none();
    }

    private static TaskState state(TaskQueue queue, Task task) {
        return queue.find(task.id()).orElseThrow().state();
    }

    @Test
    void aHandlerThatHangsDelaysNoOtherTypeAndTheEndNoLongerThanToldTo() throws Exception {
        TaskQueue queue = started(TaskQueue.over(store)
                .workers(2)
                .closePatience(Duration.ofMillis(50))
                .type("hangs", ANY, this::hang)
                .type("works", ANY, context -> TaskResult.none()));
        Task hung = queue.enqueue(TaskRequest.of("hangs", "1").priority(-1));
        begun.await();
        Task second = queue.enqueue(TaskRequest.of("hangs", "2").priority(-1));
        Task works = queue.enqueue(TaskRequest.of("works", ""));
        await().untilAsserted(() -> assertThat(state(queue, works)).isEqualTo(TaskState.COMPLETED));
        assertThat(state(queue, second)).isEqualTo(TaskState.PENDING);
        assertThat(threads()).contains("outrigger-task-1", "outrigger-task-timer");
        queue.close();

        assertThat(threads()).containsExactly("outrigger-task-1");
        letGo.countDown();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThat(store.find(hung.id()).orElseThrow().state()).isEqualTo(TaskState.RUNNING);
    }

    @Test
    void whoLetsGoWhenAskedGoesOnAtTheNextStartAndTheAttemptDoesNotCount() throws Exception {
        TaskQueue queue = started(TaskQueue.over(store).type("polite", ANY, context -> {
            begun.countDown();
            while (!context.isStopping()) {
                Thread.onSpinWait();
            }
            context.save("half");
            context.checkpoint();
            return TaskResult.none();
        }));
        Task task = queue.enqueue(TaskRequest.of("polite", "").maxAttempts(1));
        begun.await();
        queue.close();
        Task put = store.find(task.id()).orElseThrow();
        assertThat(put.state()).isEqualTo(TaskState.PENDING);
        assertThat(put.attempts()).isZero();
        assertThat(put.saved()).hasValue("half");
        assertThat(threads()).isEmpty();

        TaskQueue next = started(TaskQueue.over(store).type("polite", ANY, context -> TaskResult.none()));
        assertThat(next.whenEnded(task.id()).join().attempts()).isEqualTo(1);
        next.close();
    }

    @Test
    void aClosedQueueTakesNothingAndEndsWhoWaits() {
        TaskQueue queue = started(TaskQueue.over(store).workers(0));
        Task task = queue.enqueue(TaskRequest.of("any", ""));
        CompletableFuture<Task> end = queue.whenEnded(task.id());
        queue.close();
        queue.close();

        assertThat(end).isCompletedExceptionally();
        assertThatThrownBy(() -> queue.enqueue(TaskRequest.of("any", "")))
                .isInstanceOfSatisfying(
                        TaskRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        assertThatThrownBy(queue::start).isInstanceOf(IllegalStateException.class);
        assertThat(queue.list(TaskPage.newest(1))).containsExactly(task);
    }

    @Test
    void whatIsEnqueuedBeforeTheStartIsBegunWithIt() {
        TaskQueue queue = TaskQueue.over(store)
                .type("works", ANY, context -> TaskResult.none())
                .build();
        Task task = queue.enqueue(TaskRequest.of("works", ""));
        assertThat(threads()).isEmpty();
        queue.start();
        assertThat(queue.whenEnded(task.id()).join().state()).isEqualTo(TaskState.COMPLETED);
        queue.close();
    }

    @Test
    void aTaskThatWasDueLaterIsBegunWithoutAWakeUp() {
        TaskQueue queue = started(TaskQueue.over(store).type("works", ANY, context -> TaskResult.none()));
        Task task = queue.enqueue(
                TaskRequest.of("works", "").due(java.time.Instant.now().plusMillis(50)));
        assertThat(queue.whenEnded(task.id()).join().state()).isEqualTo(TaskState.COMPLETED);
        queue.close();
    }
}
