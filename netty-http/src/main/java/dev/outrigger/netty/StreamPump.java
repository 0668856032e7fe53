package dev.outrigger.netty;

import dev.outrigger.http.BodyStream;
import dev.outrigger.http.StreamResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body that is made piece by piece on a lane, in chunks (RFC 9112, section 7.1).
 *
 * <p>At most one piece is being made at a time, and none while the socket has no room: a slow reader costs what the socket's
 * high-water mark allows and no thread. The head leaves with the first piece, so that a body that fails at once can still be
 * answered with an error.
 */
final class StreamPump implements BodyPump {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");
    private static final byte[] LAST_CHUNK = Ascii.bytes("0\r\n\r\n");
    private static final byte[] END_OF_LINE = Ascii.bytes("\r\n");

    private final ResponseSender sender;
    private final Channel channel;
    private final Executor lane;
    private final StreamResponse response;

    private boolean makingPiece;
    private boolean headSent;
    private boolean ended;

    StreamPump(ResponseSender sender, Channel channel, Executor lane, StreamResponse response) {
        this.sender = sender;
        this.channel = channel;
        this.lane = lane;
        this.response = response;
    }

    @Override
    public void pump() {
        if (!makingPiece && !ended && sender.outbox().hasRoom()) {
            makingPiece = true;
            if (!onLane(this::makePiece)) {
                failed(new RejectedExecutionException("The lanes are closed"));
            }
        }
    }

    @Override
    public void abandon() {
        if (!ended) {
            ended = true;
            if (!makingPiece) {
                letGo();
            }
        }
    }

    private boolean onLane(Runnable task) {
        try {
            lane.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Closes the body, when nobody can be in it any more. */
    private void letGo() {
        if (!onLane(this::closeBody)) {
            closeBody();
        }
    }

    /** On the lane. */
    private void makePiece() {
        try {
            Optional<ByteBuffer> piece = response.body().next();
            if (piece.isEmpty()) {
                onLoop(this::finished, null);
                return;
            }
            // A chunk of no bytes would end the body.
            @Nullable
            ByteBuf chunk =
                    piece.filter(ByteBuffer::hasRemaining).map(this::chunk).orElse(null);
            onLoop(() -> delivered(chunk), chunk);
        } catch (Throwable e) { // The host's code may be behind the body, and whatever it throws ends one answer only.
            onLoop(() -> failed(e), null);
        }
    }

    private void onLoop(Runnable task, @Nullable ByteBuf held) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The event loop has ended, and the connection with it.
            if (held != null) {
                held.release();
            }
            closeBody();
        }
    }

    private ByteBuf chunk(ByteBuffer piece) {
        byte[] size = Ascii.bytes(Integer.toHexString(piece.remaining()) + "\r\n");
        ByteBuf chunk = channel.alloc().directBuffer(size.length + piece.remaining() + END_OF_LINE.length);
        return chunk.writeBytes(size).writeBytes(piece).writeBytes(END_OF_LINE);
    }

    private void delivered(@Nullable ByteBuf chunk) {
        makingPiece = false;
        if (ended) {
            if (chunk != null) {
                chunk.release();
            }
            letGo();
            return;
        }
        if (chunk != null) {
            sendHead();
            sender.outbox().send(chunk);
            sender.outbox().flush();
        }
        pump();
    }

    private void sendHead() {
        if (!headSent) {
            headSent = true;
            sender.beginStream(response);
        }
    }

    private void finished() {
        makingPiece = false;
        if (ended) {
            letGo();
            return;
        }
        sendHead();
        ended = true;
        sender.outbox().body(LAST_CHUNK);
        sender.outbox().flush();
        letGo();
        sender.bodySent();
    }

    private void failed(Throwable cause) {
        makingPiece = false;
        if (!ended) {
            ended = true;
            sender.bodyFailed(cause, headSent);
        }
        letGo();
    }

    private void closeBody() {
        close(response.body());
    }

    /** Closes a body that nobody reads any further. */
    static void close(BodyStream body) {
        try {
            body.close();
        } catch (Throwable e) { // The host's code may be behind it, and must not end a thread of ours.
            LOG.warn("The body of an answer could not be closed", e);
        }
    }
}
