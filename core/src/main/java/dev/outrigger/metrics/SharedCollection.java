package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets all scrapes that wait at the same time share one collection, so that sources are called by one thread at a time
 * and not again before they have returned.
 *
 * <p>Safe for any thread; nothing that waits holds one.
 */
public final class SharedCollection {

    private final MetricsCollector collector;
    private final Executor lane;
    private final AtomicReference<@Nullable CompletableFuture<Collected>> underWay = new AtomicReference<>();

    /**
     * Creates a collection that is shared.
     *
     * @param lane runs the collections
     */
    public SharedCollection(MetricsCollector collector, Executor lane) {
        this.collector = requireNonNull(collector, "collector");
        this.lane = requireNonNull(lane, "lane");
    }

    /**
     * Joins the collection that is under way, or begins one.
     *
     * @return completes on the lane
     * @throws RejectedExecutionException if one has to begin, and the lane is full
     */
    public CompletionStage<Collected> join() {
        CompletableFuture<Collected> begun = new CompletableFuture<>();
        CompletableFuture<Collected> running = underWay.compareAndExchange(null, begun);
        if (running != null) {
            return running.minimalCompletionStage();
        }
        start(begun);
        return begun.minimalCompletionStage();
    }

    private void start(CompletableFuture<Collected> collection) {
        try {
            lane.execute(() -> run(collection));
        } catch (RejectedExecutionException e) {
            underWay.set(null);
            collection.completeExceptionally(e);
            throw e;
        }
    }

    private void run(CompletableFuture<Collected> collection) {
        try {
            Collected collected = collector.collect();
            // First free the place, then answer: who asks from now on gets values from now on.
            underWay.set(null);
            collection.complete(collected);
        } catch (Throwable e) { // Only the machine itself fails here, and must not leave everybody waiting for ever.
            underWay.set(null);
            collection.completeExceptionally(e);
            throw e;
        }
    }
}
