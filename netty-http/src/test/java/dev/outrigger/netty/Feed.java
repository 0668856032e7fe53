package dev.outrigger.netty;

import static org.awaitility.Awaitility.await;

import dev.outrigger.http.EventFeed;
import dev.outrigger.http.EventSink;
import dev.outrigger.http.ServerEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A feed that keeps the sinks of its subscribers, and remembers who opened and closed their subscriptions. */
final class Feed implements EventFeed {

    private final List<EventSink> sinks = new CopyOnWriteArrayList<>();
    private final List<String> openedBy = new CopyOnWriteArrayList<>();
    private final List<String> closedBy = new CopyOnWriteArrayList<>();

    @Override
    public AutoCloseable open(EventSink sink) {
        openedBy.add(Thread.currentThread().getName());
        sinks.add(sink);
        return () -> closedBy.add(Thread.currentThread().getName());
    }

    /** The sink of the subscriber that came at that place, once it has come. */
    EventSink sink(int place) {
        await().pollDelay(Duration.ZERO).until(() -> sinks.size() > place);
        return sinks.get(place);
    }

    /** Sends an event to the first subscriber, which must be there and take it. */
    void send(ServerEvent event) {
        if (!sink(0).send(event)) {
            throw new IllegalStateException("the first subscriber has gone");
        }
    }

    /** Sends to the first subscriber until it takes no more. Returns how many events it took. */
    int flood(ServerEvent event) {
        EventSink sink = sink(0);
        int taken = 0;
        while (sink.send(event)) {
            taken++;
        }
        return taken;
    }

    int opened() {
        return openedBy.size();
    }

    List<String> openedBy() {
        return openedBy;
    }

    /** The names of the threads that closed subscriptions, one an entry. */
    List<String> closedBy() {
        return closedBy;
    }
}
