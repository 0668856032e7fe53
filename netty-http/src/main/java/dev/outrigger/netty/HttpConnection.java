package dev.outrigger.netty;

import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: HTTP/1.0 and 1.1, one request at a time, answers in the order of requests.
 *
 * <p>Where it stands, and how it gets there, is its {@link Phase}. Input is read only when it can be used; while a handler
 * works up to 16 KiB more, so that a client that leaves is noticed. Confined to the event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements AnswerProgress {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");
    private static final int MAX_READ_AHEAD_BYTES = 16 * 1024;

    private final ConnectionContext context;
    private final Connections connections;
    private final Channel channel;
    private final Inbox inbox;
    private final Outbox outbox;
    private final HeadParser parser;
    private final Exchange exchange;
    private final ResponseSender sender;
    private final TakingPace pace;
    private final Ending ending;
    private final Peer peer;
    private final HandlerCalls calls;

    private Phase phase = Phase.IDLE;
    private long phaseSince;
    private @Nullable BodyReader bodyReader;
    private long batch;
    private boolean served;
    private boolean processing;
    private boolean headGivenAway;
    private boolean inputIsUnusable;

    HttpConnection(ConnectionContext context, Channel channel, Peer peer) {
        this.context = context;
        this.connections = context.connections();
        this.channel = channel;
        this.inbox = new Inbox(channel);
        this.outbox = new Outbox(channel, context.clock());
        this.parser = new HeadParser(context.headLimits(), context.ids());
        this.exchange = new Exchange(context, outbox, peer);
        this.ending = new Ending(channel);
        this.sender = new ResponseSender(this, context, channel, parser, outbox, exchange, ending);
        this.pace = new TakingPace(outbox, context.deadlines());
        this.peer = peer;
        this.calls = new HandlerCalls(context, channel, sender);
        this.phaseSince = context.clock().nanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        batch = connections.batch();
        connections.admit(this);
        channel.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (phase == Phase.LINGERING || phase == Phase.CLOSING) {
            ending.readOff(bytes);
            return;
        }
        inbox.add(bytes);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        outbox.flush();
        readOn();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (outbox.hasRoom()) {
            sender.pump();
            proceed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        enter(Phase.CLOSED);
        connections.remove(this);
        exchange.clientLeft();
        sender.abandon();
        outbox.discard();
        inbox.drop();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug(
                    "A client left in the middle: {}", cause.toString()); // HAProxy resets each check it is done with.
        } else {
            LOG.warn("A connection failed", cause);
        }
        channel.close();
    }

    private void proceed() {
        process();
        outbox.flush();
        readOn();
    }

    /** Does as much as the input, and the room for answers, allow. */
    private void process() {
        if (processing) {
            return; // An answer that was flushed in there made room; the loop goes on with what waits anyway.
        }
        processing = true;
        try {
            ByteBuf input = inbox.waiting();
            while (input != null && takesInput() && outbox.hasRoom()) {
                if (phase == Phase.BODY) {
                    readBody(input);
                } else {
                    readHead(input);
                }
                input = inbox.waiting();
            }
        } finally {
            processing = false;
        }
        inbox.tidy();
    }

    private boolean takesInput() {
        return phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.BODY;
    }

    private void readOn() {
        boolean wanted = switch (phase) {
            case IDLE, HEAD, BODY -> inbox.size() == 0;
            case HANDLING, SENDING -> inbox.size() < MAX_READ_AHEAD_BYTES;
            case LINGERING -> true;
            case CLOSING, CLOSED -> false;
        };
        if (wanted) {
            channel.read();
        }
    }

    private void readHead(ByteBuf bytes) {
        try {
            if (!parser.parse(bytes)) {
                if (phase == Phase.IDLE) {
                    enter(Phase.HEAD);
                }
                return;
            }
        } catch (ProblemException e) {
            refuse(e.problem());
            return;
        }
        served = true;
        exchange.begin(parser.head(), parser.framing().keepAlive);
        admit();
    }

    private void admit() {
        RequestHead head = parser.head();
        Framing framing = parser.framing();
        try {
            Endpoint endpoint = context.dispatcher().find(head);
            exchange.servedBy(endpoint);
            exchange.admitted(context.dispatcher().admit(head, endpoint));
            if (framing.hasBody()) {
                expectBody(framing);
            } else {
                handle();
            }
        } catch (ProblemException e) {
            if (framing.hasBody()) {
                leaveInputUnread();
            }
            enter(Phase.HANDLING);
            sender.send(context.journal().refusal(exchange, head, e.problem()));
        }
    }

    private void expectBody(Framing framing) {
        bodyReader = new BodyReader(framing, context.maxBodyBytes());
        enter(Phase.BODY);
        if (framing.expectsContinue) {
            outbox.continueWithBody();
        }
    }

    private void readBody(ByteBuf bytes) {
        BodyReader reader = bodyReader;
        try {
            if (reader != null && reader.read(bytes)) {
                bodyReader = null;
                parser.head().withBody(reader.body());
                handle();
            }
        } catch (ProblemException e) {
            refuse(e.problem());
        }
    }

    private void handle() {
        enter(Phase.HANDLING);
        headGivenAway = !exchange.isOnLoop();
        calls.call(exchange.route(), parser.head());
    }

    boolean isHeld() {
        return sender.isHeld();
    }

    @Override
    public boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    @Override
    public void sending() {
        enter(Phase.SENDING);
    }

    @Override
    public void answered() {
        exchange.answered();
        if (!exchange.keepsAlive()) {
            end();
            return;
        }
        if (headGivenAway) {
            parser.beginAfresh();
            headGivenAway = false;
        } else {
            parser.begin();
        }
        enter(Phase.IDLE);
        if (!processing) {
            proceed();
        }
    }

    /** Answers a request that cannot be read any further, as the last of its connection. */
    private void refuse(Problem problem) {
        if (phase != Phase.BODY) {
            context.complaints().aboutMalformed(parser.head(), peer);
            exchange.beginMalformed(parser.head());
        }
        leaveInputUnread();
        enter(Phase.HANDLING);
        sender.send(context.journal().refusal(exchange, parser.head(), problem));
    }

    private void leaveInputUnread() {
        exchange.closeAfterwards();
        inputIsUnusable = true;
    }

    private void end() {
        // A client that did not ask for the end may be sending its next request already.
        boolean unread = inputIsUnusable || inbox.size() > 0 || parser.framing().keepAlive;
        enter(Phase.CLOSING);
        outbox.flush();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (unread && sent.isSuccess()) {
                linger();
            } else {
                channel.close();
            }
        });
    }

    private void linger() {
        if (phase == Phase.CLOSING) {
            enter(Phase.LINGERING);
            inbox.drop();
            ending.linger();
        }
    }

    private void enter(Phase next) {
        // A new connection's first header is counted from its being accepted, not from its first byte.
        if (served || next != Phase.HEAD) {
            phaseSince = context.clock().nanos();
        }
        phase = next;
    }

    /** Ends what has taken too long. */
    void checkDeadlines(long nowNanos) {
        Deadlines deadlines = context.deadlines();
        long elapsed = nowNanos - phaseSince;
        switch (phase) {
            case IDLE -> closeIf(elapsed > (served ? deadlines.idle() : deadlines.header()).toNanos());
            case HEAD -> refuseIf(elapsed > deadlines.header().toNanos());
            case BODY -> refuseIf(elapsed > deadlines.body().toNanos());
            case LINGERING -> closeIf(elapsed > deadlines.linger().toNanos());
            case HANDLING, SENDING, CLOSING, CLOSED -> {
                // The handler's time is its own; the client's, for taking the answer, is checked below.
            }
        }
        sender.tick(nowNanos);
        boolean taking = phase == Phase.SENDING || phase == Phase.CLOSING || outbox.untakenBytes() > 0;
        if (pace.isTooSlow(taking && !sender.tellsEvents(), nowNanos)) {
            sender.reset();
        }
    }

    private void closeIf(boolean tooSlow) {
        if (tooSlow) {
            channel.close();
        }
    }

    private void refuseIf(boolean tooSlow) {
        if (tooSlow) {
            refuse(WireProblems.tooSlow().problem());
            outbox.flush();
        }
    }

    /** Ends in order what would go on for ever. */
    void endEvents() {
        sender.endEvents();
    }

    /** How soon this connection is given up when there are too many. */
    EvictionRank evictionRank() {
        return switch (phase) {
            case IDLE ->
                !served
                        ? silentRank()
                        : outbox.untakenBytes() > 0 ? EvictionRank.TAKING_ANSWER : EvictionRank.BETWEEN_REQUESTS;
            case HEAD, BODY -> EvictionRank.REQUEST_INCOMPLETE;
            case HANDLING ->
                sender.isHeld() ? EvictionRank.HELD : exchange.isProbe() ? EvictionRank.NEVER : EvictionRank.BUSY;
            case SENDING -> sender.isHeld() ? EvictionRank.HELD : EvictionRank.TAKING_ANSWER;
            case CLOSING, LINGERING -> EvictionRank.TAKING_ANSWER;
            case CLOSED -> EvictionRank.NEVER;
        };
    }

    private EvictionRank silentRank() {
        return connections.mayBeUnheard(batch) ? EvictionRank.NEWCOMER : EvictionRank.REQUEST_INCOMPLETE;
    }

    /** Since when the connection stands where it stands, in the monotonic time of the event loop's clock. */
    long phaseSince() {
        return phaseSince;
    }

    /** Tells whether a request is not answered yet, or its answer not taken. */
    boolean isBusy() {
        return (phase != Phase.IDLE && phase != Phase.LINGERING) || outbox.untakenBytes() > 0;
    }

    /** Closes at once; in the middle of an answer with a reset, so that no memory waits for its client to take the rest. */
    void close() {
        exchange.brokenOff();
        if (phase == Phase.SENDING || outbox.untakenBytes() > 0) {
            sender.reset();
        } else {
            channel.close();
        }
    }
}
