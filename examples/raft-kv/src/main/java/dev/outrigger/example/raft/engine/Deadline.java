package dev.outrigger.example.raft.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment at which a call is to have returned. Immutable. */
final class Deadline {

    private final long began = System.nanoTime();
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(time.toNanos());
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(remainingNanos());
    }

    /** Waits for a while, or until the deadline; returns at once on a thread that is interrupted. */
    void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, Math.min(time.toNanos(), remainingNanos())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long remainingNanos() {
        return nanos - (System.nanoTime() - began);
    }
}
