package dev.outrigger.example.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What the sidecar's probes are measured against: Netty's own HTTP codec on one event loop, and behind it nothing but a
 * constant answer. No router, no aggregator, no health: as little as a server on that codec can do.
 */
public final class BareCodecServer {

    private BareCodecServer() {}

    /**
     * Serves on loopback until the process is ended.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory sockets = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> listener = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel server = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bare-codec", true), sockets))
                .channel(listener)
                .childHandler(new Pipeline())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])))
                .sync()
                .channel();
        System.out.println("bare codec serves at " + server.localAddress());
        server.closeFuture().sync();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new HttpServerCodec(), new ConstantHandler());
        }
    }
}
