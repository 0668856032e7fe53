package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Route;
import dev.outrigger.trace.Client;
import dev.outrigger.trace.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The request a connection is busy with, from the end of its head to the end of its answer. One object a connection, used
 * again for each request. Confined to the event loop.
 */
final class Exchange {

    private final ConnectionContext context;
    private final Outbox outbox;
    private final Peer peer;

    private @Nullable RequestHead head;
    private @Nullable Endpoint endpoint;
    private @Nullable Route route;
    private Method method = Method.UNKNOWN;
    private boolean version10;
    private boolean keepAlive;
    private long startNanos;
    private long bytesBefore;
    private int status;
    private boolean openEnded;
    private @Nullable Client client;

    Exchange(ConnectionContext context, Outbox outbox, Peer peer) {
        this.context = context;
        this.outbox = outbox;
        this.peer = peer;
    }

    /** Begins with a head that could be read. */
    void begin(RequestHead newHead, boolean keptAlive) {
        begin(newHead, newHead.method(), newHead.isVersion10(), keptAlive);
    }

    /** Begins with one that could not, which is the last of its connection. */
    void beginMalformed(RequestHead newHead) {
        begin(newHead, Method.UNKNOWN, false, false);
    }

    private void begin(RequestHead newHead, Method newMethod, boolean isVersion10, boolean keptAlive) {
        newHead.sentBy(peer);
        head = newHead;
        endpoint = null;
        route = null;
        method = newMethod;
        version10 = isVersion10;
        keepAlive = keptAlive;
        startNanos = context.clock().exactNanos();
        bytesBefore = outbox.producedBytes();
        status = 0;
        openEnded = false;
    }

    void servedBy(Endpoint found) {
        endpoint = found;
    }

    void admitted(Route found) {
        route = found;
    }

    Route route() {
        Route admitted = route;
        if (admitted == null) {
            throw new IllegalStateException("No route has been found yet");
        }
        return admitted;
    }

    CountedRoute counted() {
        Endpoint found = endpoint;
        return found == null ? context.journal().unmatched() : found.counted();
    }

    boolean isProbe() {
        return route != null && route.access() == Access.PROBE;
    }

    /** Tells whether the request, admitted or not, is one to a route that writes. */
    boolean isToWrite() {
        Endpoint found = endpoint;
        return found != null
                && !method.isSafe()
                && found.route(method)
                        .filter(wanted -> wanted.access() == Access.WRITE)
                        .isPresent();
    }

    /** Tells whether the handler is called at once, on the event loop. */
    boolean isOnLoop() {
        return route != null && route.lane() == Lane.LOOP && route.access() != Access.WRITE;
    }

    /** The lane that makes the pieces of the answer; a handler on the event loop leaves that to the ops lane. */
    Lane streamLane() {
        Lane lane = route().lane();
        return lane == Lane.LOOP ? Lane.OPS : lane;
    }

    Method method() {
        return method;
    }

    boolean isHead() {
        return method == Method.HEAD;
    }

    boolean isVersion10() {
        return version10;
    }

    boolean keepsAlive() {
        return keepAlive;
    }

    void closeAfterwards() {
        keepAlive = false;
    }

    long startNanos() {
        return startNanos;
    }

    void answeredWith(int newStatus) {
        status = newStatus;
    }

    /** The answer has begun, and goes on until somebody ends it: its client by leaving, as well as anybody else. */
    void answeredWithEvents() {
        status = 200;
        openEnded = true;
    }

    /** The status of the answer; 0 as long as there is none. */
    int status() {
        return status;
    }

    /** How many bytes of the answer have been made so far. */
    long bytes() {
        return outbox.producedBytes() - bytesBefore;
    }

    /** The whole answer has been handed to the channel. */
    void answered() {
        end(Outcome.of(status));
    }

    /** The client is gone. Of no effect on an exchange that has ended. */
    void clientLeft() {
        end(openEnded ? Outcome.of(status) : Outcome.CLIENT_LEFT);
    }

    /** The answer has been broken off. Of no effect on an exchange that has ended. */
    void brokenOff() {
        end(Outcome.BROKEN_OFF);
    }

    private void end(Outcome outcome) {
        RequestHead ended = head;
        if (ended != null) {
            head = null;
            client = context.journal().ended(this, ended, outcome, client);
        }
    }
}
