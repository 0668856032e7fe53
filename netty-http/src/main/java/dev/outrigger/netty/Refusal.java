package dev.outrigger.netty;

import dev.outrigger.http.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Answers whatever comes with one problem, in plain text and without reading it, and ends the connection. It waits for the first
 * byte, since an answer that comes before the question is lost on many a client.
 */
final class Refusal extends ChannelInboundHandlerAdapter {

    private final ConnectionContext context;
    private final Problem problem;
    private final Channel channel;
    private final Peer peer;
    private final Ending ending;
    private final long acceptedNanos;
    private boolean answered;

    Refusal(ConnectionContext context, Problem problem, Channel channel, Peer peer) {
        this.context = context;
        this.problem = problem;
        this.channel = channel;
        this.peer = peer;
        this.ending = new Ending(channel);
        this.acceptedNanos = context.clock().exactNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long patience = context.deadlines().linger().toNanos();
        channel.eventLoop().schedule(() -> channel.close(), patience, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!answered) {
            answered = true;
            answer();
        }
        ending.readOff((ByteBuf) message);
    }

    private void answer() {
        String requestId = context.ids().next();
        EncodedResponse encoded = EncodedResponse.of(problem.toResponse(requestId));
        Outbox outbox = new Outbox(channel, context.clock());
        outbox.head(encoded.head());
        outbox.endHead(false, false);
        outbox.body(encoded.body());
        outbox.flush();
        context.journal().refused(peer, requestId, problem.status(), acceptedNanos, outbox.producedBytes());
        ending.linger();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // There is nothing left to say to this client.
    }
}
