package dev.outrigger.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * The ways in which a connection ends. Confined to the event loop.
 *
 * <p>Over TLS an orderly end says so ({@code close_notify}), since a client must take any other for an attack that cut the answer
 * short; a reset says nothing.
 */
final class Ending {

    /** The name of the handler that speaks TLS, where there is one. */
    static final String TLS = "tls";

    private static final int MAX_BYTES = 256 * 1024;

    private final Channel channel;
    private int readBytes;

    Ending(Channel channel) {
        this.channel = channel;
    }

    /** Ends in order; what has been written before is sent. */
    void close() {
        channel.close();
    }

    /** Ends at once, so that the client cannot take what it has got for whole. */
    void reset() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (channel.isOpen() && first != null) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            first.close(); // From there it passes nobody who would say goodbye.
        }
    }

    /**
     * Ends a connection whose client may still be sending: our half is ended, and the client's is read off, within bounds. Closing
     * over unread input would reset the connection, and could lose the answer.
     */
    void linger() {
        if (channel.pipeline().get(TLS) instanceof SslHandler tls) {
            tls.closeOutbound().addListener(said -> {
                if (said.isSuccess()) {
                    channel.pipeline().addFirst(new RawReading());
                    endOurHalf();
                } else {
                    channel.close();
                }
            });
        } else {
            endOurHalf();
        }
    }

    private void endOurHalf() {
        ((DuplexChannel) channel).shutdownOutput();
        channel.read();
    }

    void readOff(ByteBuf bytes) {
        readBytes += bytes.readableBytes();
        bytes.release();
        if (readBytes > MAX_BYTES) {
            channel.close();
        }
    }

    /** Reads off what nobody deciphers any more. */
    private final class RawReading extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes) {
                readOff(bytes);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.read();
        }
    }
}
