package dev.outrigger.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Lets so much time pass. */
    public void move(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }
}
