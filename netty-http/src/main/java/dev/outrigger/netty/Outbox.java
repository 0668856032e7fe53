package dev.outrigger.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what goes out to one connection, so that the answers to requests that came together leave together. Confined to the
 * event loop.
 */
final class Outbox {

    private static final int INITIAL_BYTES = 512;
    private static final int SEND_AT_BYTES = 16 * 1024;

    private static final byte[] END_OF_LINE = Ascii.bytes("\r\n");
    private static final byte[] CLOSE = Ascii.bytes("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("Connection: keep-alive\r\n");
    private static final byte[] REQUEST_ID = Ascii.bytes("X-Request-Id: ");
    private static final byte[] CONTINUE = Ascii.bytes("HTTP/1.1 100 Continue\r\n\r\n");

    private final Channel channel;
    private final LoopClock clock;
    private @Nullable ByteBuf gathered;
    private long writtenBytes;

    Outbox(Channel channel, LoopClock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /** Adds the beginning of a head, without the empty line. */
    void head(byte[] head) {
        room(head.length + 128).writeBytes(head).writeBytes(clock.dateHeader());
    }

    /** Adds the name of the request to the head. */
    void requestId(byte[] bytes, int from, int to) {
        room(REQUEST_ID.length + to - from + END_OF_LINE.length)
                .writeBytes(REQUEST_ID)
                .writeBytes(bytes, from, to - from)
                .writeBytes(END_OF_LINE);
    }

    /** Ends the head: what becomes of the connection, and the empty line. */
    void endHead(boolean keepAlive, boolean version10) {
        ByteBuf out = room(KEEP_ALIVE.length + END_OF_LINE.length);
        if (!keepAlive) {
            out.writeBytes(CLOSE);
        } else if (version10) {
            out.writeBytes(KEEP_ALIVE);
        }
        out.writeBytes(END_OF_LINE);
    }

    /** Adds a small body. */
    void body(byte[] body) {
        room(body.length).writeBytes(body);
        if (gathered != null && gathered.readableBytes() >= SEND_AT_BYTES) {
            send();
        }
    }

    void continueWithBody() {
        room(CONTINUE.length).writeBytes(CONTINUE);
        flush();
    }

    private ByteBuf room(int bytes) {
        ByteBuf out = gathered;
        if (out == null) {
            out = channel.alloc().directBuffer(Math.max(INITIAL_BYTES, bytes));
            gathered = out;
        }
        return out.ensureWritable(bytes);
    }

    /** Sends bytes that are in a buffer of their own already, behind what was gathered. The buffer is this outbox's. */
    void send(ByteBuf bytes) {
        send();
        write(bytes);
    }

    /** Sends bytes like {@link #send(ByteBuf)}, at once; completes when the socket has taken them. */
    ChannelFuture sendNow(ByteBuf bytes) {
        send();
        writtenBytes += bytes.readableBytes();
        return channel.writeAndFlush(bytes);
    }

    private void send() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            write(out);
        }
    }

    private void write(ByteBuf bytes) {
        writtenBytes += bytes.readableBytes();
        channel.write(bytes, channel.voidPromise());
    }

    /** Hands everything to the socket. */
    void flush() {
        send();
        channel.flush();
    }

    /** Tells whether the client takes what it is sent fast enough for more to be made. */
    boolean hasRoom() {
        return channel.isWritable();
    }

    /** How many bytes the client has yet to take. */
    long untakenBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** How many bytes were made since the connection began, sent or not. */
    long producedBytes() {
        ByteBuf waiting = gathered;
        return waiting == null ? writtenBytes : writtenBytes + waiting.readableBytes();
    }

    /** How many bytes the socket has taken since the connection began. */
    long takenBytes() {
        return writtenBytes - untakenBytes();
    }

    /** Forgets what was gathered and not sent. */
    void discard() {
        ByteBuf out = gathered;
        if (out != null) {
            gathered = null;
            out.release();
        }
    }
}
