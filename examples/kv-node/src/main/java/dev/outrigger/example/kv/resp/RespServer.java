package dev.outrigger.example.kv.resp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The port that clients speak RESP to. Safe for use by many threads; its event loop never waits for the store. */
public final class RespServer implements AutoCloseable {

    private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(5);

    private final MultiThreadIoEventLoopGroup loops;
    private final OpenConnections connections;
    private final Channel listener;

    private RespServer(MultiThreadIoEventLoopGroup loops, OpenConnections connections, Channel listener) {
        this.loops = loops;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Binds the port and serves from then on.
     *
     * @param address where to listen; port 0 takes a free one
     * @param service what to serve; closed by the caller, after this server
     * @throws IOException if the address cannot be bound
     */
    public static RespServer start(InetSocketAddress address, RespService service, RespLimits limits)
            throws IOException {
        OpenConnections connections = new OpenConnections(limits.maxConnections());
        ConnectionInitializer initializer =
                new ConnectionInitializer(service.commands(connections), service.workers(), connections, limits);
        // NIO everywhere: Netty 4.2.18's epoll forgets a socket whose client has half-closed, and a reply that does not
        // fit into
        // the socket at once is lost then (epoll_ctl: ENOENT).
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("kv-resp", true), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, limits.maxConnections())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(initializer)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            shutDown(loops);
            throw new IOException("port " + address.getPort() + " on " + address.getHostString() + " cannot be bound: "
                    + bound.cause().getMessage());
        }
        return new RespServer(loops, connections, bound.channel());
    }

    /** Returns where it listens, with the port that it got. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Takes no more connections and requests, answers those that have arrived, for at most five seconds, and ends. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.finish(FINISH_TIMEOUT);
        shutDown(loops);
    }

    private static void shutDown(MultiThreadIoEventLoopGroup loops) {
        loops.shutdownGracefully(0, FINISH_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }
}
