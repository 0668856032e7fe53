package dev.outrigger.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The listener and its connections, all on one event loop.
 *
 * <p>Made by {@link #bind}; any thread but the event loop may close it.
 */
final class SidecarServer {

    private static final long TICK_MILLIS = 250;
    private static final long WATCH_MILLIS = 500;
    private static final int BACKLOG = 512;

    private final LoopOwner owner;
    private final EventLoop loop;
    private final Connections connections;
    private final FrontDoor door;
    private final Channel listener;
    private final List<ScheduledFuture<?>> repeated;

    private SidecarServer(
            LoopOwner owner,
            Connections connections,
            FrontDoor door,
            Channel listener,
            List<ScheduledFuture<?>> repeated) {
        this.owner = owner;
        this.loop = owner.loop();
        this.connections = connections;
        this.door = door;
        this.listener = listener;
        this.repeated = repeated;
    }

    /**
     * Binds an address and begins to answer.
     *
     * @param tls where the server speaks TLS
     * @param watch run on the event loop twice a second; must not block
     * @throws SidecarStartException if the address cannot be bound
     */
    static SidecarServer bind(
            InetSocketAddress address,
            LoopOwner owner,
            ConnectionContext context,
            Optional<TlsSource> tls,
            Runnable watch) {
        FrontDoor door = new FrontDoor(context, tls);
        ChannelFuture bound =
                bootstrap(owner, door, context.connections()).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            owner.close();
            throw new SidecarStartException(
                    "listen: " + address.getHostString() + ":" + address.getPort()
                            + " (expected: an address of this machine" + " and a free port): "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        // With a fixed delay, not at a fixed rate: after a pause of the JVM one tick follows, and not all that were
        // missed.
        List<ScheduledFuture<?>> repeated = List.of(
                owner.loop()
                        .scheduleWithFixedDelay(() -> tick(context), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS),
                owner.loop().scheduleWithFixedDelay(watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS));
        return new SidecarServer(owner, context.connections(), door, bound.channel(), repeated);
    }

    private static ServerBootstrap bootstrap(LoopOwner owner, FrontDoor door, Connections connections) {
        return new ServerBootstrap()
                .group(owner.loop(), owner.loop())
                .channel(owner.transport().serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(512, 1024, 16 * 1024))
                .handler(new BatchCount(connections))
                .childHandler(door);
    }

    /** Counts how often the listener is looked at. */
    private static final class BatchCount extends ChannelInboundHandlerAdapter {

        private final Connections connections;

        BatchCount(Connections connections) {
            this.connections = connections;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            connections.batchTaken();
            ctx.fireChannelReadComplete();
        }
    }

    private static void tick(ConnectionContext context) {
        context.clock().refresh();
        context.connections().checkDeadlines(context.clock().nanos());
    }

    /** Where the server listens, with the port that the system chose if it was asked to. */
    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** From now on each answer is the last of its connection. */
    void drain() {
        loop.execute(connections::drain);
    }

    /**
     * Ends streams of events, and waits until no request is being worked on, answering new ones meanwhile; then closes the listener
     * and what is still open.
     */
    void close(Duration patience) {
        drain();
        awaitBusyConnections(patience);
        listener.close().awaitUninterruptibly();
        ask(() -> {
            repeated.forEach(task -> task.cancel(false));
            connections.closeAll();
            door.closeAll();
            return true;
        });
        ask(() -> true); // A lent loop goes on: what it was told of their ends is done by now, while there are lanes.
        owner.close();
    }

    private void awaitBusyConnections(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (ask(this::stillBusy) > 0 && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                interrupted = true; // Requests in flight keep their time.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that came to a stream of events meanwhile have it ended, too. */
    private int stillBusy() {
        connections.endEvents();
        return connections.busy();
    }

    private <T> T ask(Callable<T> question) {
        return loop.submit(question).awaitUninterruptibly().getNow();
    }
}
