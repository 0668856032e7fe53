package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.work.WorkerPool;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.redis.RedisMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the requests of one connection to the workers, and their replies back, in order.
 *
 * <pre>
 *   decoded ──► pending ──► batch of up to 64, one at a time ──► worker
 *                  ▲                                               │
 *   not read while │ is full          written, flushed ◄── replies ┘
 * </pre>
 *
 * <p>Everything here is confined to the event loop; a worker only gets a list of its own, and hands the loop a task. At most one
 * batch per connection is under way: that keeps the order, lets no client have more than one worker, and bounds the workers' queue
 * by the number of connections. A client that sends faster than it is served is not read from; one that does not read its replies
 * is not served.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails comes back as exceptionCaught or channelInactive
final class ConnectionHandler extends SimpleChannelInboundHandler<Request> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);
    private static final int MAX_BATCH = 64;
    private static final int FULL_REQUESTS = 256;
    private static final int FULL_BYTES = 1 << 20;

    private final CommandTable table;
    private final WorkerPool workers;
    private final Session session;
    private final Deque<Request> pending = new ArrayDeque<>();
    private int pendingBytes;
    private boolean underWay;
    private boolean lastReplySent;
    private boolean finishing;

    ConnectionHandler(CommandTable table, WorkerPool workers, Session session) {
        this.table = table;
        this.workers = workers;
        this.session = session;
    }

    /** Answers what has arrived, and closes then. On the event loop. */
    void finish(ChannelHandlerContext ctx) {
        finishing = true;
        ctx.channel().config().setAutoRead(false);
        proceed(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Request request) {
        if (!finishing && !lastReplySent) {
            pending.add(request);
            pendingBytes += request.bytes();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        proceed(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        proceed(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            finish(ctx); // a client may send its requests, half-close, and wait for the replies
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pending.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A connection broke", cause);
        } else {
            LOG.warn("A connection failed", cause);
        }
        ctx.close();
    }

    private void proceed(ChannelHandlerContext ctx) {
        if (!underWay && !lastReplySent && ctx.channel().isWritable()) {
            beginNext(ctx);
        }
        readOrNot(ctx);
    }

    private void beginNext(ChannelHandlerContext ctx) {
        Request next = pending.peek();
        if (next instanceof ProtocolError error) {
            sendLast(ctx, Replies.error("ERR " + error.reason()));
        } else if (next != null) {
            begin(ctx, new Batch(commandsAhead(), table, session, batch -> handBack(ctx, batch)));
        } else if (finishing) {
            lastReplySent = true;
            closeAfterReplies(ctx); // writable is not the same as written: up to 32 KiB may wait for the socket yet
        }
    }

    private List<Command> commandsAhead() {
        List<Command> ahead = new ArrayList<>(Math.min(pending.size(), MAX_BATCH));
        for (Request request : pending) {
            if (ahead.size() == MAX_BATCH || !(request instanceof Command command)) {
                break;
            }
            ahead.add(command);
        }
        return ahead;
    }

    private void begin(ChannelHandlerContext ctx, Batch batch) {
        underWay = true;
        if (!workers.offer(batch)) {
            sendLast(ctx, Replies.error("ERR the server is busy"));
        }
    }

    /** Called by the worker. */
    private void handBack(ChannelHandlerContext ctx, Batch batch) {
        try {
            ctx.executor().execute(() -> completed(ctx, batch));
        } catch (RejectedExecutionException e) {
            LOG.debug("The server closed before a reply was sent", e);
        }
    }

    private void completed(ChannelHandlerContext ctx, Batch batch) {
        underWay = false;
        for (RedisMessage reply : batch.replies()) {
            Request answered = pending.poll();
            pendingBytes -= answered == null ? 0 : answered.bytes();
            ctx.write(reply, ctx.voidPromise());
        }
        ctx.flush();
        if (batch.isAborted()) {
            ctx.close();
        } else if (session.isEnded()) {
            lastReplySent = true;
            closeAfterReplies(ctx);
        } else {
            proceed(ctx);
        }
    }

    private void sendLast(ChannelHandlerContext ctx, RedisMessage reply) {
        lastReplySent = true;
        ctx.write(reply, ctx.voidPromise());
        closeAfterReplies(ctx);
    }

    private static void closeAfterReplies(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void readOrNot(ChannelHandlerContext ctx) {
        boolean full = pending.size() >= FULL_REQUESTS || pendingBytes >= FULL_BYTES;
        boolean room = pending.size() < FULL_REQUESTS / 2 && pendingBytes < FULL_BYTES / 2;
        if (full || finishing || lastReplySent) {
            ctx.channel().config().setAutoRead(false);
        } else if (room) {
            ctx.channel().config().setAutoRead(true);
        }
    }
}
