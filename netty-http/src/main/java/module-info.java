/** The sidecar's front door: an HTTP server on Netty for the routes of {@code dev.outrigger.core}. */
module dev.outrigger.netty {
    exports dev.outrigger.netty;

    uses dev.outrigger.ops.Extension;

    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires transitive dev.outrigger.core;
    requires transitive io.netty.transport;
}
