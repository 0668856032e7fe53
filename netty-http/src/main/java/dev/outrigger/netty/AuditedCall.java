package dev.outrigger.netty;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.trace.AuditEvent.Phase;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The call of a handler that writes. It begins when the audit log has taken that it will, and its answer leaves when the audit log
 * has taken that it did; in between nobody waits in a thread.
 *
 * <p>What was done is told whether the client is still there or not: with the code it would have got, or, where the answer was to
 * come later, as {@code client_left}.
 */
final class AuditedCall {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    private final HandlerCalls calls;
    private final ConnectionContext context;
    private final Route route;
    private final RequestHead head;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean letGo = new AtomicBoolean();
    private volatile boolean clientLeft;
    private volatile @Nullable LaterResponse awaited;

    AuditedCall(HandlerCalls calls, ConnectionContext context, Route route, RequestHead head) {
        this.calls = calls;
        this.context = context;
        this.route = route;
        this.head = head;
    }

    /** On the event loop. */
    LaterResponse begin() {
        audit(Phase.BEFORE, OptionalInt.empty()).thenRun(this::callOnLane);
        return Response.later(answer, this::abandon);
    }

    /** On the event loop, or on the thread that writes the log if that was full. */
    private void callOnLane() {
        if (clientLeft) {
            tell(OptionalInt.empty());
        } else if (!calls.offer(route, () -> receive(context.dispatcher().handle(route, head)))) {
            receive(HandlerCalls.busy(head));
        }
    }

    private void receive(Response response) {
        if (response instanceof LaterResponse later) {
            awaited = later;
            later.stage().whenComplete((made, failure) -> receive(made, failure));
            if (clientLeft) {
                abandon(); // It left while the handler was at work.
            }
        } else {
            tell(OptionalInt.of(status(response))).thenRun(() -> answer.complete(response));
        }
    }

    private void receive(@Nullable Response made, @Nullable Throwable failure) {
        if (failure != null && clientLeft) {
            answer.completeExceptionally(failure); // Nobody waits for it.
        } else {
            receive(context.dispatcher().received(head, made, failure));
        }
    }

    private static int status(Response response) {
        if (response instanceof CompleteResponse complete) {
            return complete.status();
        }
        return response instanceof StreamResponse stream ? stream.status() : 200; // Events are never told with another.
    }

    /** The client has left. On the event loop, or on the lane. */
    private void abandon() {
        clientLeft = true;
        LaterResponse later = awaited;
        if (later != null && letGo.compareAndSet(false, true)) {
            tell(OptionalInt.empty());
            try {
                later.abandoned().run();
            } catch (Throwable e) { // The host's code may be behind it.
                LOG.warn("A handler could not be told that its client left", e);
            }
        }
    }

    /** Tells the end, once. */
    private CompletionStage<@Nullable Void> tell(OptionalInt status) {
        return told.compareAndSet(false, true) ? audit(Phase.AFTER, status) : CompletableFuture.completedFuture(null);
    }

    private CompletionStage<@Nullable Void> audit(Phase phase, OptionalInt status) {
        return context.journal().audit(phase, head, route.path().toString(), status);
    }
}
