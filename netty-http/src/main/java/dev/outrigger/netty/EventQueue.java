package dev.outrigger.netty;

import dev.outrigger.http.EventSink;
import dev.outrigger.http.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The events that one client has yet to take. Any thread adds; the event loop takes them out, and tells when the socket has taken
 * them.
 *
 * <p>However many events come at once, the loop is called once: whoever adds calls it only where it does not look by itself.
 */
final class EventQueue implements EventSink {

    /** How much may wait for a client, in here and in its socket's own queue together. */
    private static final int MAX_UNSENT_BYTES = 64 * 1024;

    private final Runnable wake;
    private final Queue<byte[]> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unsentBytes = new AtomicInteger();

    /** Whether the loop will look into the queue without being called; so it will at first, when the stream is open. */
    private final AtomicBoolean looksByItself = new AtomicBoolean(true);

    private volatile boolean ended;
    private volatile boolean overflown;

    /**
     * Makes an empty queue.
     *
     * @param wake has the event loop look into it
     */
    EventQueue(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public boolean send(ServerEvent event) {
        byte[] bytes = event.encode();
        if (ended) {
            return false;
        }
        if (unsentBytes.addAndGet(bytes.length) > MAX_UNSENT_BYTES) {
            overflown = true;
            end();
            return false;
        }
        events.add(bytes);
        wake();
        return true;
    }

    @Override
    public void end() {
        ended = true;
        wake();
    }

    private void wake() {
        if (looksByItself.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** Takes what waits. From now on whoever adds calls the loop, until it {@linkplain #willLook() looks by itself} again. */
    List<byte[]> take() {
        looksByItself.set(false);
        List<byte[]> taken = new ArrayList<>();
        byte[] next = events.poll();
        while (next != null) {
            taken.add(next);
            next = events.poll();
        }
        return taken;
    }

    /** The loop will look by itself, so that nobody need call it. */
    void willLook() {
        looksByItself.set(true);
    }

    /** The socket has taken so many bytes of events. */
    void sent(int bytes) {
        unsentBytes.addAndGet(-bytes);
    }

    /** Tells whether nothing is to be added any more; what was added before may still be in here. */
    boolean isEnded() {
        return ended;
    }

    /** Tells whether more came than may wait. */
    boolean isOverflown() {
        return overflown;
    }

    /** Nobody takes anything any more: forgets what waits, and takes nothing. */
    void close() {
        ended = true;
        looksByItself.set(true);
        events.clear();
    }
}
