package dev.outrigger.netty;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.EventsResponse;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Response;
import dev.outrigger.http.StreamResponse;
import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the answers of one connection, whether they are whole, come later or come in pieces, and tells the connection when one
 * is out. Confined to the event loop but for {@link #sendFromLane}.
 */
final class ResponseSender {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    /** Bodies above are sent in slices: copied at once, they would hold up every other progress. */
    private static final int LARGE_BODY_BYTES = 64 * 1024;

    private final AnswerProgress progress;
    private final ConnectionContext context;
    private final Channel channel;
    private final HeadParser parser;
    private final Outbox outbox;
    private final Exchange exchange;
    private final Ending ending;

    private @Nullable LaterResponse awaited;
    private @Nullable BodyPump pump;

    ResponseSender(
            AnswerProgress progress,
            ConnectionContext context,
            Channel channel,
            HeadParser parser,
            Outbox outbox,
            Exchange exchange,
            Ending ending) {
        this.progress = progress;
        this.context = context;
        this.channel = channel;
        this.parser = parser;
        this.outbox = outbox;
        this.exchange = exchange;
        this.ending = ending;
    }

    /** Sends the answer to the present request. */
    void send(Response response) {
        if (response instanceof CompleteResponse complete) {
            sendComplete(complete);
        } else if (response instanceof LaterResponse later) {
            await(later);
        } else if (response instanceof StreamResponse stream) {
            sendStream(stream);
        } else if (response instanceof EventsResponse events) {
            sendEvents(events);
        }
    }

    /** Sends the answer to the present request, from the thread of a lane. */
    void sendFromLane(Response response) {
        onLoop(
                () -> {
                    if (progress.isClosed()) {
                        letGo(response);
                    } else {
                        send(response);
                        outbox.flush();
                    }
                },
                response);
    }

    private void onLoop(Runnable task, @Nullable Response response) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("An answer came after the server was closed");
            letGo(response);
        }
    }

    private void sendComplete(CompleteResponse response) {
        EncodedResponse encoded = EncodedResponse.of(response);
        exchange.answeredWith(response.status());
        sendHead(encoded.head());
        if (exchange.isHead() || encoded.body().length == 0) {
            progress.answered();
        } else if (encoded.body().length <= LARGE_BODY_BYTES) {
            outbox.body(encoded.body());
            progress.answered();
        } else {
            pump(new SlicePump(this, outbox, channel.alloc(), encoded.body()));
        }
    }

    private void sendHead(byte[] head) {
        if (context.connections().areDraining()) {
            exchange.closeAfterwards();
        }
        outbox.head(head);
        nameRequest();
        outbox.endHead(exchange.keepsAlive(), exchange.isVersion10());
    }

    /** Adds the request's name, but to a probe that brought none: making one would cost more than the probe. */
    private void nameRequest() {
        RequestHead head = parser.head();
        int own = head.ownRequestId();
        if (own >= 0) {
            outbox.requestId(head.bytes(), head.valueStart(own), head.valueEnd(own));
        } else if (head.hasMadeRequestId() || !exchange.isProbe()) {
            byte[] made = Ascii.bytes(head.requestId());
            outbox.requestId(made, 0, made.length);
        }
    }

    private void await(LaterResponse later) {
        if (later.held() && !context.connections().mayHoldOneMore()) {
            runAbandoned(later);
            sendTooManyHeld();
            return;
        }
        awaited = later;
        later.stage()
                .whenComplete((response, failure) -> onLoop(
                        () -> {
                            if (later.equals(awaited)) {
                                awaited = null;
                                send(context.dispatcher().received(parser.head(), response, failure));
                                outbox.flush();
                            } else {
                                letGo(response);
                            }
                        },
                        response));
    }

    private void sendTooManyHeld() {
        send(Problem.busy("Too many requests wait at once", 1)
                .toResponse(parser.head().requestId()));
    }

    private void sendStream(StreamResponse stream) {
        LaneThreads lane = context.lanes().of(exchange.streamLane());
        if (exchange.isHead()) {
            exchange.answeredWith(stream.status());
            sendHead(EncodedResponse.streamHead(stream, !exchange.isVersion10()));
            closeBody(stream, lane);
            progress.answered();
        } else if (exchange.isVersion10()) {
            await(WholeBody.of(stream, lane));
        } else {
            exchange.answeredWith(stream.status());
            pump(new StreamPump(this, channel, lane, stream));
        }
    }

    private void sendEvents(EventsResponse events) {
        if (exchange.isHead()) {
            exchange.answeredWith(200);
            sendHead(EncodedResponse.eventsHead(!exchange.isVersion10()));
            progress.answered();
        } else if (!context.connections().mayHoldOneMore()) {
            sendTooManyHeld();
        } else {
            LaneThreads lane = context.lanes().of(exchange.streamLane());
            pump(new EventPump(this, channel, lane, context.clock(), events.feed(), !exchange.isVersion10()));
        }
    }

    private void pump(BodyPump next) {
        pump = next;
        progress.sending();
        next.pump();
    }

    /** The socket has room again. */
    void pump() {
        BodyPump current = pump;
        if (current != null) {
            current.pump();
        }
    }

    /** Tells whether the answer waits for something to happen. */
    boolean isHeld() {
        return (awaited != null && awaited.held()) || tellsEvents();
    }

    /** Tells whether the answer is a stream of events, which is taken at a pace of its own. */
    boolean tellsEvents() {
        return pump instanceof EventPump;
    }

    /** Looks after a stream of events, if the answer is one. */
    void tick(long nowNanos) {
        if (pump instanceof EventPump events) {
            events.tick(nowNanos);
        }
    }

    /** Ends a stream of events in order, if the answer is one. */
    void endEvents() {
        if (pump instanceof EventPump events) {
            events.end();
        }
    }

    Outbox outbox() {
        return outbox;
    }

    /** Sends the head of an answer in chunks. */
    void beginStream(StreamResponse stream) {
        sendHead(EncodedResponse.streamHead(stream, true));
    }

    /** Sends the head of an answer that consists of events; to HTTP/1.0 it ends with the connection. */
    void beginEvents() {
        exchange.answeredWithEvents();
        if (exchange.isVersion10()) {
            exchange.closeAfterwards();
        }
        sendHead(EncodedResponse.eventsHead(!exchange.isVersion10()));
    }

    /** The present pump has sent all. */
    void bodySent() {
        pump = null;
        progress.answered();
    }

    /** The present pump cannot go on. Before the first byte that is an error like any other. */
    void bodyFailed(Throwable cause, boolean begun) {
        pump = null;
        Response answer = context.dispatcher().failed(parser.head(), cause);
        if (begun) {
            reset();
        } else {
            send(answer);
            outbox.flush();
        }
    }

    /** The present pump has given its client up. */
    void bodyCutOff() {
        pump = null;
        reset();
    }

    /** The answer broke off after its beginning: the client must not take it for whole. */
    void reset() {
        exchange.brokenOff();
        ending.reset();
    }

    /** The connection is gone: whatever was to be answered lets go of what it holds. */
    void abandon() {
        LaterResponse later = awaited;
        awaited = null;
        if (later != null) {
            runAbandoned(later);
        }
        BodyPump current = pump;
        pump = null;
        if (current != null) {
            current.abandon();
        }
    }

    private void letGo(@Nullable Response response) {
        if (response instanceof LaterResponse later) {
            runAbandoned(later);
        } else if (response instanceof StreamResponse stream) {
            closeBody(stream, context.lanes().of(exchange.streamLane()));
        }
    }

    private static void runAbandoned(LaterResponse later) {
        try {
            later.abandoned().run();
        } catch (Throwable e) { // Whatever the host's code throws, the rest of the connection is to be let go of too.
            LOG.warn("A handler could not be told that its client left", e);
        }
    }

    private static void closeBody(StreamResponse stream, LaneThreads lane) {
        try {
            lane.execute(() -> StreamPump.close(stream.body()));
        } catch (RejectedExecutionException e) {
            StreamPump.close(stream.body());
        }
    }
}
