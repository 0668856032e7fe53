package dev.outrigger.ops;

import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for a verdict to change: entries in a list on the event loop. Nothing that waits holds a thread.
 */
final class HeldRequests {

    private final AnswerBoard board;
    private final Loop loop;

    /** Each with the timer that ends its wait. The event loop only. */
    private final Map<Held, Loop.Timer> held = new LinkedHashMap<>();

    /** Written by the event loop, read by whoever publishes, so that a report nobody waits for wakes nobody. */
    private volatile boolean anybody;

    HeldRequests(AnswerBoard board, Loop loop) {
        this.board = board;
        this.loop = loop;
    }

    private record Held(
            Probe probe, Ask ask, VerdictTag seen, boolean drainSeen, CompletableFuture<Response> response) {

        boolean isNewsIn(Answers now) {
            return !probe.tag(now).equals(seen) || (now.view().isDraining() && !drainSeen);
        }
    }

    /**
     * Answers once the verdict is another than the one seen, or the node begins to drain, since nobody should be waiting
     * when the port closes; or, with 304, when the wait is over. On the event loop.
     */
    Response hold(Probe probe, Ask ask, Answers seen, Duration wait) {
        Held entry = new Held(probe, ask, probe.tag(seen), seen.view().isDraining(), new CompletableFuture<>());
        held.put(entry, loop.schedule(() -> expire(entry), wait));
        anybody = true;
        // A change may have slipped in while nobody was known to wait for it.
        releaseChanged();
        return Response.held(entry.response(), () -> remove(entry));
    }

    /** Called by any thread whenever there may be another verdict. */
    void changed() {
        if (anybody) {
            loop.execute(this::releaseChanged);
        }
    }

    private void releaseChanged() {
        Answers now = board.latest();
        for (Held entry : List.copyOf(held.keySet())) {
            if (entry.isNewsIn(now)) {
                remove(entry);
                answer(entry, now);
            }
        }
    }

    private static void answer(Held entry, Answers now) {
        try {
            Response response = entry.probe().answer(now, entry.ask());
            if (response instanceof LaterResponse later) {
                later.stage().whenComplete((answer, failure) -> settle(entry.response(), answer, failure));
            } else {
                entry.response().complete(response);
            }
        } catch (RuntimeException failure) {
            entry.response().completeExceptionally(failure);
        }
    }

    private static void settle(
            CompletableFuture<Response> response, @Nullable Response answer, @Nullable Throwable failure) {
        if (failure == null) {
            response.complete(answer);
        } else {
            response.completeExceptionally(failure);
        }
    }

    private void expire(Held entry) {
        if (remove(entry)) {
            entry.response()
                    .complete(
                            Response.empty(304).withHeader("ETag", entry.seen().header()));
        }
    }

    private boolean remove(Held entry) {
        Loop.Timer timer = held.remove(entry);
        anybody = !held.isEmpty();
        if (timer == null) {
            return false;
        }
        timer.cancel();
        return true;
    }
}
