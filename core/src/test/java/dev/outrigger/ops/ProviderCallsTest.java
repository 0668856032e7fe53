package dev.outrigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.cluster.HostCalls;
import dev.outrigger.health.ManualTime;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ProviderCallsTest {

    private final ManualTime time = new ManualTime();
    private final ManualLoop loop = new ManualLoop(time);
    private final ManualLane lane = new ManualLane();
    private final HostCalls known = new HostCalls(time);
    private final ProviderCalls calls = new ProviderCalls("cluster", known, lane, loop);

    @Test
    void callsAreMadeOneAfterTheOther() {
        CompletionStage<String> first = calls.ask(() -> "first");
        CompletionStage<String> second = calls.ask(() -> "second");
        assertThat(lane.tasks.waiting()).isEqualTo(1);
        lane.tasks.runNext();
        assertThat(told(first)).isEqualTo("first");
        assertThat(told(second)).isEqualTo("not yet");
        lane.tasks.runNext();
        assertThat(told(second)).isEqualTo("second");
    }

    @Test
    void aCallThatIsLateIsAnsweredWithoutIt() {
        CompletionStage<String> late = calls.ask(() -> "late");
        pass(Duration.ofMillis(2_999));
        assertThat(told(late)).isEqualTo("not yet");
        pass(Duration.ofMillis(1));
        assertThat(told(late)).isEqualTo("503 The cluster does not answer");
    }

    @Test
    void aThreadIsWrittenOffOnceAndTakenBackOnce() {
        calls.ask(() -> "late");
        CompletionStage<String> waiting = calls.ask(() -> "waiting");
        pass(Duration.ofSeconds(3));
        assertThat(lane.writtenOff).isEqualTo(1);
        assertThat(told(waiting)).isEqualTo("503 The cluster does not answer");
        assertThat(told(calls.ask(() -> "refused"))).isEqualTo("503 The cluster does not answer");
        pass(Duration.ofSeconds(10));
        assertThat(lane.writtenOff).isEqualTo(1);
        assertThat(lane.tasks.waiting()).as("the one that is late").isEqualTo(1);

        lane.tasks.runNext();
        assertThat(lane.writtenOff).isZero();
        CompletionStage<String> next = calls.ask(() -> "next");
        lane.tasks.runAll();
        assertThat(told(next)).isEqualTo("next");
    }

    @Test
    void whoHasWaitedInVainIsNotAskedFor() {
        calls.ask(() -> {
            pass(Duration.ofSeconds(2));
            return "slow";
        });
        CompletionStage<String> second = calls.ask(() -> {
            pass(Duration.ofSeconds(2));
            return "slow, too";
        });
        CompletionStage<String> third = calls.ask(() -> "third");
        lane.tasks.runAll();
        assertThat(told(second)).isEqualTo("503 The cluster does not answer");
        assertThat(told(third)).isEqualTo("503 The cluster does not answer");
        assertThat(lane.writtenOff).isZero();
        assertThat(lane.tasks.waiting()).isZero();
    }

    @Test
    void aCallOfOthersThatIsLateKeepsTheProviderFromBeingAsked() throws Exception {
        String answer = known.make(() -> {
            pass(Duration.ofSeconds(3));
            return told(calls.ask(() -> "never"));
        });
        assertThat(answer).isEqualTo("503 The cluster does not answer");
        assertThat(lane.tasks.waiting()).isZero();
        calls.ask(() -> "again");
        assertThat(lane.tasks.waiting()).isEqualTo(1);
    }

    @Test
    void whatTheHostThrowsIsNotToldToClients() {
        CompletionStage<String> failed = calls.ask(() -> {
            throw new IllegalStateException("the ring is broken");
        });
        CompletionStage<String> worse = calls.ask(() -> {
            throw new StackOverflowError();
        });
        CompletionStage<String> meant = calls.ask(() -> {
            throw Problem.notFound("No such type of shards").asException();
        });
        lane.tasks.runAll();
        assertThat(told(failed)).isEqualTo("503 The cluster could not be asked");
        assertThat(told(worse)).isEqualTo("503 The cluster could not be asked");
        assertThat(told(meant)).isEqualTo("404 No such type of shards");
    }

    @Test
    void aLaneThatIsClosedAnswersToo() {
        lane.tasks.refuse(true);
        assertThat(told(calls.ask(() -> "never"))).isEqualTo("503 The cluster does not answer");
        lane.tasks.refuse(false);
        CompletionStage<String> next = calls.ask(() -> "next");
        lane.tasks.runAll();
        assertThat(told(next)).isEqualTo("next");
    }

    private void pass(Duration duration) {
        time.move(duration);
        loop.runDue();
    }

    private static String told(CompletionStage<String> answer) {
        try {
            return answer.toCompletableFuture().getNow("not yet");
        } catch (CompletionException failure) {
            Problem problem = ((ProblemException) failure.getCause()).problem();
            return problem.status() + " " + problem.error();
        }
    }
}
