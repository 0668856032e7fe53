package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.RouteMeter;
import org.jspecify.annotations.Nullable;

/**
 * The request a connection is busy with, from the end of its head to the end of its answer. One object a connection, used
 * again for each request. Confined to the event loop.
 */
final class Exchange {

    private RouteMeter meter;
    private @Nullable Route route;
    private Method method = Method.UNKNOWN;
    private boolean version10;
    private boolean keepAlive;
    private long startNanos;
    private int status;

    Exchange(RouteMeter unmatched) {
        this.meter = unmatched;
    }

    /** Begins with a head that could be read. */
    void begin(RequestHead head, boolean keepAlive, RouteMeter unmatched, long nowNanos) {
        this.meter = unmatched;
        this.route = null;
        this.method = head.method();
        this.version10 = head.isVersion10();
        this.keepAlive = keepAlive;
        this.startNanos = nowNanos;
    }

    /** Begins with one that could not, which is the last of its connection. */
    void beginMalformed(RouteMeter unmatched, long nowNanos) {
        this.meter = unmatched;
        this.route = null;
        this.method = Method.UNKNOWN;
        this.version10 = false;
        this.keepAlive = false;
        this.startNanos = nowNanos;
    }

    void servedBy(Endpoint endpoint) {
        meter = endpoint.meter();
    }

    void admitted(Route route) {
        this.route = route;
    }

    Route route() {
        Route admitted = route;
        if (admitted == null) {
            throw new IllegalStateException("No route has been found yet");
        }
        return admitted;
    }

    boolean isProbe() {
        return route != null && route.access() == Access.PROBE;
    }

    boolean isOnLoop() {
        return route != null && route.lane() == Lane.LOOP;
    }

    /** The lane that makes the pieces of the answer; a handler on the event loop leaves that to the ops lane. */
    Lane streamLane() {
        return isOnLoop() ? Lane.OPS : route().lane();
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

    void answeredWith(int status) {
        this.status = status;
    }

    /** Counts the exchange, at its end. */
    void record(long nowNanos) {
        meter.record(method.ordinal(), status, nowNanos - startNanos);
    }
}
