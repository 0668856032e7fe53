package dev.outrigger.example.kv.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Syncs a store once in a while, so that a power cut costs no more than that while's writes: what Redis calls
 * {@code appendfsync everysec}. A sync that fails shows in the store's {@linkplain Store#vitals() vitals}, and is tried again.
 */
public final class PeriodicSync implements AutoCloseable {

    private final Store store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kv-wal-sync");
        thread.setDaemon(true);
        return thread;
    });

    public PeriodicSync(Store store) {
        this.store = requireNonNull(store, "store");
    }

    /** Syncs at this pace from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // the sync lets nothing out
    public void start(Duration pace) {
        timer.scheduleWithFixedDelay(this::sync, pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void sync() {
        try {
            store.sync();
        } catch (StoreException e) {
            // Nobody waits for this one: the store has logged it, and shows it until a write succeeds.
        }
    }
}
