package dev.outrigger.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.task.TaskEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TaskWatchTest {

    private static final TaskOptions ANY = TaskOptions.defaults();

    private final CompletableFuture<HandQueue> itself = new CompletableFuture<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> ids = new ArrayList<>();

    private HandQueue running(Consumer<TaskContext> work) {
        HandQueue hand = HandQueue.of(builder -> builder.type("job", ANY, context -> {
            work.accept(context);
            return TaskResult.none();
        }));
        itself.complete(hand);
        return hand;
    }

    private final TaskListener listener = new TaskListener() {
        @Override
        public boolean tell(TaskEvent event) {
            ids.add(event.id());
            told.add(
                    switch (event.kind()) {
                        case STATE, END ->
                            event.kind().word() + " " + event.task().state().word();
                        case PROGRESS -> "progress " + event.task().progress().doneBytes();
                        case LOG -> "log " + event.line();
                    });
            return true;
        }

        @Override
        public void ended() {
            told.add("(ended)");
        }
    };

    private void watch(Task task) {
        itself.join().queue().watch(task.id(), OptionalLong.empty(), listener);
    }

    @Test
    void aWatcherIsToldEverythingInOrderWithRisingIds() {
        HandQueue hand = running(context -> {
            context.log("copying");
            context.progress(TaskProgress.in("copy").bytes(1, 9));
            context.progress(TaskProgress.in("copy").bytes(9, 9));
        });
        Task task = hand.enqueue("job", "");
        watch(task);
        hand.tick();

        assertThat(told)
                .containsExactly(
                        "state pending",
                        "state running",
                        "log copying",
                        "progress 9",
                        "state completed",
                        "end completed",
                        "(ended)");
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(hand.now(task).progress().doneBytes()).isEqualTo(9);
    }

    @Test
    void progressIsSeenAtOnceAndRecordedEveryTenSeconds() {
        List<TaskProgress> seen = new ArrayList<>();
        HandQueue hand = running(context -> {
            TaskId id = context.task().id();
            context.progress(TaskProgress.in("copy").bytes(5));
            seen.add(itself.join().queue().find(id).orElseThrow().progress());
            seen.add(itself.join().store().find(id).orElseThrow().progress());
            itself.join().tickAfter(Duration.ofSeconds(10));
            seen.add(itself.join().store().find(id).orElseThrow().progress());
        });
        hand.enqueue("job", "");
        hand.tick();

        assertThat(seen).extracting(TaskProgress::doneBytes).containsExactly(5L, 0L, 5L);
    }

    @Test
    void whoComesBackMissesNothingOfTheLast256() {
        HandQueue hand = running(context -> {
            for (int line = 1; line <= 300; line++) {
                context.log("line " + line);
            }
        });
        Task task = hand.enqueue("job", "");
        watch(task);
        hand.tick();
        long last = ids.get(ids.size() - 1);

        List<TaskEvent> missed = hand.queue().eventsAfter(task.id(), OptionalLong.of(last - 256));
        assertThat(missed).hasSize(256);
        assertThat(missed.get(0).line()).isEqualTo("line 47");
        assertThat(hand.queue().eventsAfter(task.id(), OptionalLong.of(last))).isEmpty();
        assertThat(hand.queue().eventsAfter(task.id(), OptionalLong.of(last - 257)))
                .extracting(TaskEvent::kind)
                .containsExactly(Kind.STATE, Kind.END);
        assertThat(hand.queue().eventsAfter(task.id(), OptionalLong.of(last + 1)))
                .extracting(TaskEvent::kind)
                .containsExactly(Kind.STATE, Kind.END);
    }

    @Test
    void whatIsOverIsToldInOneEventAndItsEnd() {
        HandQueue hand = running(context -> {});
        Task task = hand.enqueue("job", "");
        hand.tick();
        watch(task);

        assertThat(told).containsExactly("state completed", "end completed", "(ended)");
    }

    @Test
    void idsRiseOverARestart() {
        HandQueue hand = running(context -> {});
        Task task = hand.enqueue("job", "");
        watch(task);
        hand.time().move(Duration.ofMillis(1));
        HandQueue next = hand.reopened(builder -> builder.type("job", ANY, context -> TaskResult.none()));
        next.queue().watch(task.id(), OptionalLong.empty(), listener);
        next.tick();

        assertThat(ids.get(ids.size() - 1)).isGreaterThan(ids.get(0));
    }

    @Test
    void aListenerThatThrowsOrHasEnoughIsToldNoMoreAndCostsNobodyAnything() {
        HandQueue hand = running(context -> context.log("one"));
        Task task = hand.enqueue("job", "");
        hand.queue().watch(task.id(), OptionalLong.empty(), event -> {
            if (event.kind() == Kind.LOG) {
                throw new NoClassDefFoundError("gone with its class loader");
            }
            return true;
        });
        List<Kind> few = new ArrayList<>();
        hand.queue().watch(task.id(), OptionalLong.empty(), event -> {
            few.add(event.kind());
            return few.size() < 2;
        });
        List<Kind> closed = new ArrayList<>();
        TaskWatch unwatched = hand.queue().watch(task.id(), OptionalLong.empty(), event -> closed.add(event.kind()));
        unwatched.close();
        unwatched.close();
        watch(task);
        hand.tick();

        assertThat(few).containsExactly(Kind.STATE, Kind.STATE);
        assertThat(closed).containsExactly(Kind.STATE);
        assertThat(told).contains("log one", "end completed");
        assertThat(hand.now(task).state()).isEqualTo(TaskState.COMPLETED);
    }

    @Test
    void aTaskThatIsDoneAgainIsToldOfAgain() {
        HandQueue hand = HandQueue.of(builder -> builder.type("job", ANY, context -> {
            throw TaskFailure.terminal("no");
        }));
        itself.complete(hand);
        Task task = hand.enqueue("job", "");
        watch(task);
        hand.tick();
        told.clear();
        hand.queue().retry(task.id());
        watch(task);
        hand.tick();

        assertThat(told).containsExactly("state pending", "state running", "state failed", "end failed", "(ended)");
        assertThat(hand.queue().whenEnded(task.id())).isCompletedWithValueMatching(t -> t.state() == TaskState.FAILED);
    }

    @Test
    void aLongLineIsCut() {
        HandQueue hand = running(context -> context.log("x".repeat(501)));
        Task task = hand.enqueue("job", "");
        watch(task);
        hand.tick();
        assertThat(told).contains("log " + "x".repeat(499) + "…");
    }
}
