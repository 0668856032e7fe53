package dev.outrigger.example.kv.resp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts requests together from what Netty's decoder hands out: a flat array of strings, or a line.
 *
 * <p>In place of Netty's two aggregators, because a request is simpler than RESP is. Their arrays may nest, which no request
 * does, and their strings may be 512 MB; here a length is refused when it is announced. Confined to the event loop.
 */
final class RequestDecoder extends SimpleChannelInboundHandler<RedisMessage> {

    private static final char UNDECODABLE = '\ufffd';

    private final RespLimits limits;
    private final List<byte[]> parts = new ArrayList<>();
    private long missing; // strings that the present array still lacks
    private byte[] bulk = {};
    private int filled;
    private int requestBytes;
    private boolean broken;

    RequestDecoder(RespLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, RedisMessage message) {
        if (broken) {
            return;
        }
        if (missing > 0) {
            readString(ctx, message);
        } else if (message instanceof ArrayHeaderRedisMessage header) {
            beginArray(ctx, header.length());
        } else if (message instanceof InlineCommandRedisMessage line) {
            readLine(ctx, line.content());
        } else {
            fail(ctx, "expected '*' or a line");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException) {
            fail(ctx, missing > 0 ? "invalid bulk length" : "invalid multibulk length");
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void beginArray(ChannelHandlerContext ctx, long length) {
        if (length > limits.maxArguments()) {
            fail(ctx, "invalid multibulk length");
        } else if (length > 0) { // Redis passes over the empty and the null array without a word
            missing = length;
        }
    }

    private void readString(ChannelHandlerContext ctx, RedisMessage message) {
        if (message instanceof BulkStringHeaderRedisMessage header) {
            beginString(ctx, header.bulkStringLength());
        } else if (message instanceof FullBulkStringRedisMessage whole && whole.isNull()) {
            fail(ctx, "invalid bulk length");
        } else if (message instanceof FullBulkStringRedisMessage) {
            beginString(ctx, 0); // Netty hands out only the null and the empty string whole
            endString(ctx);
        } else if (message instanceof BulkStringRedisContent content) {
            fill(ctx, content);
        } else {
            fail(ctx, "expected '$'");
        }
    }

    private void beginString(ChannelHandlerContext ctx, int length) {
        requestBytes += Math.min(length, limits.maxRequestBytes());
        if (length > limits.maxBulkBytes() || requestBytes > limits.maxRequestBytes()) {
            fail(ctx, "invalid bulk length");
        } else {
            bulk = new byte[length];
            filled = 0;
        }
    }

    private void fill(ChannelHandlerContext ctx, BulkStringRedisContent content) {
        int length = content.content().readableBytes();
        content.content().readBytes(bulk, filled, length);
        filled += length;
        if (content instanceof LastBulkStringRedisContent) {
            endString(ctx);
        }
    }

    private void endString(ChannelHandlerContext ctx) {
        parts.add(bulk);
        missing--;
        if (missing == 0) {
            emit(ctx);
        }
    }

    private void readLine(ChannelHandlerContext ctx, String line) {
        if (line.indexOf(UNDECODABLE) >= 0) {
            fail(ctx, "inline request is not UTF-8"); // Netty has lost the bytes: better no key than another one
            return;
        }
        Optional<List<byte[]>> split = new InlineRequest(line).split();
        if (split.isEmpty()) {
            fail(ctx, "unbalanced quotes in request");
        } else if (!split.get().isEmpty()) {
            parts.addAll(split.get());
            emit(ctx);
        }
    }

    private void emit(ChannelHandlerContext ctx) {
        Command command = Command.of(parts);
        parts.clear();
        bulk = new byte[0];
        requestBytes = 0;
        ctx.fireChannelRead(command);
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        if (!broken) {
            broken = true;
            parts.clear();
            bulk = new byte[0];
            ctx.fireChannelRead(new ProtocolError("Protocol error: " + reason));
        }
    }
}
