package dev.outrigger.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * How sockets are waited for: by epoll where there is one, else by NIO.
 *
 * @param name for the log
 * @param handlers makes event loops of that kind
 * @param serverChannel the listener that goes with them
 */
record EventTransport(String name, IoHandlerFactory handlers, Class<? extends ServerChannel> serverChannel) {

    /** The best that this machine has. */
    static EventTransport best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    /**
     * The one an event loop of the host's is made for.
     *
     * @throws SidecarStartException if it is neither of the two
     */
    static EventTransport of(EventLoop loop) {
        if (loop instanceof IoEventLoop io) {
            if (Epoll.isAvailable() && io.isIoType(EpollIoHandler.class)) {
                return epoll();
            }
            if (io.isIoType(NioIoHandler.class)) {
                return nio();
            }
        }
        throw new SidecarStartException(
                "event loop: " + loop.getClass().getName() + " (expected: one for epoll or NIO)");
    }

    private static EventTransport epoll() {
        return new EventTransport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }

    static EventTransport nio() {
        return new EventTransport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
