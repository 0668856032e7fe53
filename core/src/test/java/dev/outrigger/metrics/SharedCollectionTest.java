package dev.outrigger.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedCollectionTest {

    private final AtomicInteger collections = new AtomicInteger();
    private final Queue<Runnable> lane = new ArrayDeque<>();
    private final MetricsCollector collector = MetricsCollector.of("x", List.of(MetricsSource.named("counting", () -> {
        collections.incrementAndGet();
        return List.of();
    })));

    @Test
    void scrapesThatWaitTogetherShareOneCollection() {
        SharedCollection shared = new SharedCollection(collector, lane::add);
        CompletableFuture<Collected> first = shared.join().toCompletableFuture();
        CompletableFuture<Collected> second = shared.join().toCompletableFuture();
        assertThat(lane).hasSize(1);
        lane.remove().run();
        assertThat(first.join()).isSameAs(second.join());
        assertThat(collections).hasValue(1);
    }

    @Test
    void aScrapeAfterwardsCollectsAnew() {
        SharedCollection shared = new SharedCollection(collector, Runnable::run);
        Collected first = shared.join().toCompletableFuture().join();
        assertThat(shared.join().toCompletableFuture().join()).isNotSameAs(first);
        assertThat(collections).hasValue(2);
    }

    @Test
    void aFullLaneIsNoReasonNotToTryAgain() {
        boolean[] full = {true};
        SharedCollection shared = new SharedCollection(collector, task -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(shared::join);
        full[0] = false;
        assertThat(shared.join().toCompletableFuture()).isCompleted();
    }
}
