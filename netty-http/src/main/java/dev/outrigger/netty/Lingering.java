package dev.outrigger.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/**
 * The end of a connection whose client may still be sending: our half is ended, and the client's is read off, within bounds.
 * Closing over unread input would reset the connection, and could lose the answer. Confined to the event loop.
 */
final class Lingering {

    private static final int MAX_BYTES = 256 * 1024;

    private final Channel channel;
    private int readBytes;

    Lingering(Channel channel) {
        this.channel = channel;
    }

    void begin() {
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
}
