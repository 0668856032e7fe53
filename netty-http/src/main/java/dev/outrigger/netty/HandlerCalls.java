package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;

/**
 * Has the handlers of one connection's requests called, each where it belongs: on the event loop or on a lane, and those that
 * write between two events of the audit log. Confined to the event loop but for {@link #offer}.
 */
final class HandlerCalls {

    private final ConnectionContext context;
    private final Channel channel;
    private final ResponseSender sender;

    HandlerCalls(ConnectionContext context, Channel channel, ResponseSender sender) {
        this.context = context;
        this.channel = channel;
        this.sender = sender;
    }

    /** Has a handler called, and its answer sent. */
    void call(Route route, RequestHead head) {
        if (route.access() == Access.WRITE) {
            sender.send(new AuditedCall(this, context, route, head).begin());
        } else if (route.lane() == Lane.LOOP) {
            sender.send(context.dispatcher().handle(route, head));
        } else if (!offer(route, () -> sender.sendFromLane(context.dispatcher().handle(route, head)))) {
            sender.send(busy(head));
        }
    }

    /** Has something done where a route's handler runs, unless that place is full or closed. From any thread. */
    boolean offer(Route route, Runnable task) {
        if (route.lane() != Lane.LOOP) {
            return context.lanes().of(route.lane()).offer(task);
        }
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    static Response busy(RequestHead head) {
        return Problem.busy("Too many requests at once", 1).toResponse(head.requestId());
    }
}
