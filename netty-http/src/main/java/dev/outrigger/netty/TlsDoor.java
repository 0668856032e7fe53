package dev.outrigger.netty;

import dev.outrigger.http.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Looks at the first byte of a connection to a port that speaks TLS, and gives way to TLS, or tells a client that speaks something
 * else so in plain text.
 */
final class TlsDoor extends ChannelInboundHandlerAdapter {

    /** What every handshake begins with: the type of its record (RFC 8446, section 5.1). */
    static final byte HANDSHAKE = 0x16;

    private static final Problem NOT_TLS = Problem.badRequest("This port speaks TLS only (expected: https)");

    private final TlsSource source;
    private final ConnectionContext context;
    private final Peer peer;

    TlsDoor(TlsSource source, ConnectionContext context, Peer peer) {
        this.source = source;
        this.context = context;
        this.peer = peer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ChannelPipeline pipeline = ctx.pipeline();
        if (bytes.getByte(bytes.readerIndex()) == HANDSHAKE) {
            pipeline.replace(this, Ending.TLS, source.newHandler(ctx.alloc()));
            pipeline.addAfter(Ending.TLS, "tls-session", new TlsSession(source, context.complaints(), peer));
        } else {
            context.complaints().about(Complaints.Kind.PLAIN_TEXT, peer);
            pipeline.replace(this, "refusal", new Refusal(context, NOT_TLS, ctx.channel(), peer));
        }
        pipeline.fireChannelRead(bytes);
    }
}
