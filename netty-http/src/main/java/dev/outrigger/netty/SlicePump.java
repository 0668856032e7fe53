package dev.outrigger.netty;

import io.netty.buffer.ByteBufAllocator;

/** Sends a body that is in memory already, slice by slice: copied at once, a large one would hold up every other connection. */
final class SlicePump implements BodyPump {

    private static final int SLICE_BYTES = 32 * 1024;

    private final ResponseSender sender;
    private final Outbox outbox;
    private final ByteBufAllocator memory;
    private final byte[] body;
    private int sent;
    private boolean ended;

    SlicePump(ResponseSender sender, Outbox outbox, ByteBufAllocator memory, byte[] body) {
        this.sender = sender;
        this.outbox = outbox;
        this.memory = memory;
        this.body = body;
    }

    @Override
    public void pump() {
        while (sent < body.length && outbox.hasRoom()) {
            int length = Math.min(SLICE_BYTES, body.length - sent);
            outbox.send(memory.directBuffer(length).writeBytes(body, sent, length));
            sent += length;
        }
        outbox.flush(); // This may make room, and come back here before it returns.
        if (sent == body.length && !ended) {
            ended = true;
            sender.bodySent();
        }
    }

    @Override
    public void abandon() {
        sent = body.length;
        ended = true;
    }
}
