package dev.outrigger.ops;

import dev.outrigger.cluster.HostCalls;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one provider of the host on behalf of requests: on the ops lane, one call at a time, each with 3 seconds from the moment
 * it was asked for.
 *
 * <p>A call that outlasts its deadline is written off: whoever waits gets 503, the lane gets another thread, and the provider is
 * not called again before it has returned. So a provider costs one thread at the most, whatever it does.
 */
final class ProviderCalls {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.cluster");
    private static final int RETRY_SECONDS = 3;

    private final String provider;
    private final HostCalls calls;
    private final CallLane lane;
    private final Loop loop;

    /** Guarded by this. */
    private final Deque<Call<?>> waiting = new ArrayDeque<>();

    /** Guarded by this. */
    private @Nullable Call<?> running;

    /** Whether the running call has outlasted its deadline. Guarded by this. */
    private boolean writtenOff;

    /**
     * @param provider what to call it in errors, such as {@code cluster}
     * @param calls knows the calls that others make
     */
    ProviderCalls(String provider, HostCalls calls, CallLane lane, Loop loop) {
        this.provider = provider;
        this.calls = calls;
        this.lane = lane;
        this.loop = loop;
    }

    private record Call<T>(Callable<T> question, CompletableFuture<T> answer) {}

    /**
     * Asks.
     *
     * @return completes with the answer, or with a {@link ProblemException}: the question's own, or 503
     */
    <T> CompletionStage<T> ask(Callable<T> question) {
        Call<T> call = new Call<>(question, new CompletableFuture<>());
        if (accept(call)) {
            loop.schedule(() -> call.answer().completeExceptionally(doesNotAnswer()), HostCalls.DEADLINE);
        } else {
            call.answer().completeExceptionally(doesNotAnswer());
        }
        return call.answer();
    }

    private synchronized boolean accept(Call<?> call) {
        if (writtenOff || calls.isOverdue()) {
            return false;
        }
        waiting.add(call);
        return running != null || startNext();
    }

    /** Starts the next call that somebody still waits for. Under the lock. */
    private boolean startNext() {
        waiting.removeIf(call -> call.answer().isDone());
        Call<?> next = waiting.poll();
        running = next;
        if (next == null) {
            return true;
        }
        try {
            lane.execute(() -> run(next));
            loop.schedule(() -> writeOff(next), HostCalls.DEADLINE);
            return true;
        } catch (RejectedExecutionException closed) {
            running = null;
            next.answer().completeExceptionally(doesNotAnswer());
            return false;
        }
    }

    /** On the lane. */
    private <T> void run(Call<T> call) {
        try {
            T answer = calls.make(call.question());
            ended(call);
            call.answer().complete(answer);
        } catch (ProblemException problem) {
            ended(call);
            call.answer().completeExceptionally(problem);
        } catch (Throwable failure) { // Whatever the host's code throws ends one request, and nothing else.
            ended(call);
            LOG.warn("The {} provider failed", provider, failure);
            call.answer().completeExceptionally(busy("The " + provider + " could not be asked"));
        }
    }

    private synchronized void ended(Call<?> call) {
        if (!call.equals(running)) {
            return;
        }
        if (writtenOff) {
            writtenOff = false;
            lane.takeBack();
            LOG.info("The {} provider has answered at last", provider);
        }
        startNext();
    }

    /** On the event loop. */
    private synchronized void writeOff(Call<?> call) {
        if (call.equals(running)) {
            writtenOff = true;
            lane.writeOff();
            waiting.forEach(other -> other.answer().completeExceptionally(doesNotAnswer()));
            waiting.clear();
            LOG.warn("The {} provider does not answer, and is not asked again before it does", provider);
        }
    }

    private ProblemException doesNotAnswer() {
        return busy("The " + provider + " does not answer");
    }

    private static ProblemException busy(String error) {
        return Problem.busy(error, RETRY_SECONDS).asException();
    }
}
