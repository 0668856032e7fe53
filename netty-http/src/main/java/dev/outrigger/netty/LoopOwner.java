package dev.outrigger.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The one event loop of a server: its own, which ends with it, or one of a group that the host lends. */
final class LoopOwner {

    private final EventTransport transport;
    private final Optional<EventLoopGroup> own;
    private final EventLoop loop;

    private LoopOwner(EventTransport transport, Optional<EventLoopGroup> own, EventLoop loop) {
        this.transport = transport;
        this.own = own;
        this.loop = loop;
    }

    static LoopOwner own(EventTransport transport) {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, daemon(), transport.handlers());
        return new LoopOwner(transport, Optional.of(group), group.next());
    }

    static LoopOwner lent(EventLoopGroup group) {
        EventLoop loop = group.next();
        return new LoopOwner(EventTransport.of(loop), Optional.empty(), loop);
    }

    private static ThreadFactory daemon() {
        return task -> {
            Thread thread = new FastThreadLocalThread(task, "outrigger-loop");
            thread.setDaemon(true);
            return thread;
        };
    }

    EventTransport transport() {
        return transport;
    }

    EventLoop loop() {
        return loop;
    }

    /** Ends the loop, if it is the server's own, and waits for its thread. */
    void close() {
        own.ifPresent(group -> {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            awaitEnd(group);
        });
    }

    private static void awaitEnd(EventLoopGroup group) {
        try {
            group.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The loop's thread is a daemon, and ends by itself.
        }
    }
}
