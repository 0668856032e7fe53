package dev.outrigger.trace;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A bounded queue that any thread adds to and one takes from, neither of which ever waits: no lock is in it. */
final class EventRing {

    private final AtomicReferenceArray<@Nullable LogEvent> places;
    private final int capacity;
    private final AtomicLong added = new AtomicLong();

    /** Written by the thread that takes, after it has emptied the place. */
    private volatile long taken;

    /**
     * Makes an empty ring.
     *
     * @param capacity a power of two
     */
    EventRing(int capacity) {
        this.capacity = capacity;
        this.places = new AtomicReferenceArray<>(capacity);
    }

    /** Adds an event unless the ring is full. */
    boolean offer(LogEvent event) {
        long place;
        do {
            place = added.get();
            if (place - taken >= capacity) {
                return false;
            }
        } while (!added.compareAndSet(place, place + 1));
        places.set((int) (place & (capacity - 1)), event);
        return true;
    }

    /** Takes the oldest event; null if there is none. To be called by one thread only. */
    @Nullable
    LogEvent poll() {
        long oldest = taken;
        int place = (int) (oldest & (capacity - 1));
        LogEvent event = places.get(place);
        if (event != null) {
            places.setPlain(place, null);
            taken = oldest + 1;
        }
        return event;
    }

    boolean isEmpty() {
        return places.get((int) (taken & (capacity - 1))) == null;
    }
}
