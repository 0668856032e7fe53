package dev.outrigger.example.bench;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.TEXT_PLAIN;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.ReferenceCountUtil;

/** Answers every request with 200 and two bytes; body and header fields are made once. */
final class ConstantHandler extends ChannelInboundHandlerAdapter {

    private static final ByteBuf BODY =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeBytes("OK".getBytes(US_ASCII)));
    private static final HttpHeaders KEPT =
            new ReadOnlyHttpHeaders(false, CONTENT_TYPE, TEXT_PLAIN, CONTENT_LENGTH, "2");
    private static final HttpHeaders CLOSED =
            new ReadOnlyHttpHeaders(false, CONTENT_TYPE, TEXT_PLAIN, CONTENT_LENGTH, "2", CONNECTION, CLOSE);

    private boolean keepAlive;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            keepAlive = HttpUtil.isKeepAlive(request);
        }
        if (message instanceof LastHttpContent) {
            answer(context);
        }
        ReferenceCountUtil.release(message);
    }

    private void answer(ChannelHandlerContext context) {
        if (keepAlive) {
            context.write(response(KEPT), context.voidPromise());
        } else {
            context.write(response(CLOSED)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse response(HttpHeaders headers) {
        return new DefaultFullHttpResponse(HTTP_1_1, OK, BODY.duplicate(), headers, EmptyHttpHeaders.INSTANCE);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
