package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.EventFeed;
import dev.outrigger.http.EventSink;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's subscription to a feed: opened on a lane and closed on that lane, each once, whatever comes first. */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    /** Stands where a subscription would be, if anybody still wanted one. */
    private enum Unwanted implements AutoCloseable {
        SUBSCRIPTION;

        @Override
        public void close() {}
    }

    private final EventFeed feed;
    private final Executor lane;
    private final AtomicReference<@Nullable AutoCloseable> opened = new AtomicReference<>();

    Subscription(EventFeed feed, Executor lane) {
        this.feed = feed;
        this.lane = lane;
    }

    /**
     * Subscribes, unless the client has left by now. On the lane.
     *
     * @throws Exception if the feed gives no subscription
     */
    void open(EventSink sink) throws Exception {
        if (opened.get() == Unwanted.SUBSCRIPTION) {
            return;
        }
        AutoCloseable subscription = requireNonNull(feed.open(sink), "the feed's subscription");
        if (!opened.compareAndSet(null, subscription)) {
            close(subscription); // Its client left while it was being made.
        }
    }

    /** Has the subscription closed, now or once it is made. Of no effect the second time. */
    void letGo() {
        AutoCloseable subscription = opened.getAndSet(Unwanted.SUBSCRIPTION);
        if (subscription == null || subscription == Unwanted.SUBSCRIPTION) {
            return;
        }
        try {
            lane.execute(() -> close(subscription));
        } catch (RejectedExecutionException e) {
            close(subscription); // The lanes have ended, after all connections.
        }
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Throwable e) { // The host's code, which must not end a thread of ours.
            LOG.warn("A subscription to events could not be closed", e);
        }
    }
}
