package dev.outrigger.example.kv.resp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that are open, of which there are never more than a limit. Connections join on the one event loop. */
final class OpenConnections {

    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final AtomicLong accepted = new AtomicLong();
    private final int limit;

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** Takes a connection in until it closes; returns false when there are too many. */
    boolean join(Channel channel) {
        accepted.incrementAndGet();
        return open.size() < limit && open.add(channel);
    }

    /** Returns how many connections there have ever been, those that were too many included. */
    long accepted() {
        return accepted.get();
    }

    int size() {
        return open.size();
    }

    int limit() {
        return limit;
    }

    /** Lets each connection answer what has arrived and close; closes what is left after the timeout. */
    void finish(Duration timeout) {
        open.forEach(channel -> channel.eventLoop().execute(() -> finish(channel)));
        open.newCloseFuture().awaitUninterruptibly(timeout.toMillis(), TimeUnit.MILLISECONDS);
        open.close().awaitUninterruptibly(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void finish(Channel channel) {
        ChannelHandlerContext context = channel.pipeline().context(ConnectionHandler.class);
        if (context != null) {
            ((ConnectionHandler) context.handler()).finish(context);
        }
    }
}
