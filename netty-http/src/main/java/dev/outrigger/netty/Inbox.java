package dev.outrigger.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What has come in from one connection and has not been used yet. Confined to the event loop. */
final class Inbox {

    private final Channel channel;
    private @Nullable ByteBuf waiting;

    Inbox(Channel channel) {
        this.channel = channel;
    }

    /** Adds bytes behind those that wait already. The buffer is this inbox's. */
    void add(ByteBuf bytes) {
        ByteBuf before = waiting;
        waiting = before == null ? bytes : joined(before, bytes);
    }

    private ByteBuf joined(ByteBuf before, ByteBuf bytes) {
        ByteBuf both = channel.alloc().directBuffer(before.readableBytes() + bytes.readableBytes());
        both.writeBytes(before).writeBytes(bytes);
        before.release();
        bytes.release();
        return both;
    }

    /** The bytes that wait, to be read from; null if there are none. */
    @Nullable
    ByteBuf waiting() {
        ByteBuf bytes = waiting;
        return bytes != null && bytes.isReadable() ? bytes : null;
    }

    int size() {
        return waiting == null ? 0 : waiting.readableBytes();
    }

    /** Lets go of the memory of what has been read. */
    void tidy() {
        if (size() == 0) {
            drop();
        }
    }

    /** Forgets all that waits. */
    void drop() {
        ByteBuf bytes = waiting;
        waiting = null;
        if (bytes != null) {
            bytes.release();
        }
    }
}
