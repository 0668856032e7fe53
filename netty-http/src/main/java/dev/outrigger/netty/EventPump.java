package dev.outrigger.netty;

import dev.outrigger.http.EventFeed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends events as they come, for as long as the client stays: in chunks, or to HTTP/1.0 until the connection ends.
 *
 * <p>One write is under way at a time, with all the events that waited when it began, so that it is known to the byte what the
 * client has yet to take. The head leaves when there is a subscription, so that a feed that refuses one can still be answered
 * with an error.
 */
final class EventPump implements BodyPump {

    private static final long COMMENT_AFTER_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long WRITE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Keeps balancers from closing a connection that is silent, and finds out whether its client is still there. */
    private static final byte[] COMMENT = Ascii.bytes(":\n\n");

    private static final byte[] LAST_CHUNK = Ascii.bytes("0\r\n\r\n");
    private static final byte[] END_OF_LINE = Ascii.bytes("\r\n");

    private final ResponseSender sender;
    private final Channel channel;
    private final LaneThreads lane;
    private final LoopClock clock;
    private final boolean chunked;
    private final EventQueue queue;
    private final Subscription subscription;

    private boolean asked;
    private boolean begun;
    private boolean writing;
    private boolean ended;
    private long wroteAtNanos;

    EventPump(
            ResponseSender sender,
            Channel channel,
            LaneThreads lane,
            LoopClock clock,
            EventFeed feed,
            boolean chunked) {
        this.sender = sender;
        this.channel = channel;
        this.lane = lane;
        this.clock = clock;
        this.chunked = chunked;
        this.queue = new EventQueue(() -> onLoop(this::sendWaiting));
        this.subscription = new Subscription(feed, lane);
    }

    /** Subscribes, the first time; what follows depends on what the socket has taken, and not on its having room. */
    @Override
    public void pump() {
        if (!asked) {
            asked = true;
            try {
                lane.execute(this::subscribe);
            } catch (RejectedExecutionException e) {
                failed(e);
            }
        }
    }

    @Override
    public void abandon() {
        if (!ended) {
            letGo();
        }
    }

    /** Ends the stream in order, behind the events that wait. */
    void end() {
        queue.end();
    }

    /** Looks whether the client takes what it is sent, and says something if nobody has for long. */
    void tick(long nowNanos) {
        if (!begun || ended) {
            return;
        }
        long elapsed = nowNanos - wroteAtNanos;
        if (queue.isOverflown() || (writing && elapsed > WRITE_LIMIT_NANOS)) {
            cutOff();
        } else if (!writing && elapsed >= COMMENT_AFTER_NANOS) {
            write(List.of(COMMENT), COMMENT.length, 0);
        }
    }

    /** On the lane. */
    private void subscribe() {
        try {
            subscription.open(queue);
            onLoop(this::begin);
        } catch (Throwable e) { // The host's code, and whatever it throws ends one answer only.
            onLoop(() -> failed(e));
        }
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            subscription.letGo(); // The event loop has ended, and the connection with it.
        }
    }

    private void failed(Throwable cause) {
        if (!ended) {
            letGo();
            sender.bodyFailed(cause, false);
        }
    }

    private void begin() {
        if (!ended) {
            begun = true;
            wroteAtNanos = clock.nanos();
            sender.beginEvents();
            sendWaiting();
            sender.outbox().flush();
        }
    }

    private void sendWaiting() {
        if (!begun || writing || ended) {
            return;
        }
        if (queue.isOverflown()) {
            cutOff();
            return;
        }
        boolean last = queue.isEnded(); // Asked before: what was added until then is taken now.
        List<byte[]> events = queue.take();
        if (!events.isEmpty()) {
            int bytes = events.stream().mapToInt(event -> event.length).sum();
            write(events, bytes, bytes);
        }
        if (last && !ended) { // What is taken at once comes back here before the write returns, and finds the end, too.
            finish();
        }
    }

    private void write(List<byte[]> lines, int bytes, int eventBytes) {
        writing = true;
        wroteAtNanos = clock.nanos();
        queue.willLook();
        sender.outbox().sendNow(piece(lines, bytes)).addListener(done -> taken(eventBytes));
    }

    private ByteBuf piece(List<byte[]> lines, int bytes) {
        byte[] size = Ascii.bytes(Integer.toHexString(bytes) + "\r\n");
        ByteBuf piece = channel.alloc().directBuffer(size.length + bytes + END_OF_LINE.length);
        if (chunked) {
            piece.writeBytes(size);
        }
        lines.forEach(piece::writeBytes);
        return chunked ? piece.writeBytes(END_OF_LINE) : piece;
    }

    private void taken(int eventBytes) {
        writing = false;
        queue.sent(eventBytes);
        sendWaiting();
    }

    private void finish() {
        letGo();
        if (chunked) {
            sender.outbox().body(LAST_CHUNK);
        }
        sender.outbox().flush();
        sender.bodySent();
    }

    private void cutOff() {
        letGo();
        sender.bodyCutOff();
    }

    private void letGo() {
        ended = true;
        queue.close();
        subscription.letGo();
    }
}
