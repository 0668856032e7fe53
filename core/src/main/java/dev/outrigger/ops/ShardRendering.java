package dev.outrigger.ops;

import dev.outrigger.http.Response;
import dev.outrigger.shard.ShardProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders the array of shards for all who ask for it: on the ops lane, one rendering at a time and at most one a second.
 * Whoever has waited for a second gets the answer without the array.
 *
 * <p>All state belongs to the event loop, but for the array while it is being filled.
 */
final class ShardRendering {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.health");
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long LIFETIME = TimeUnit.SECONDS.toNanos(1);

    /** How long memory for the next rendering is kept when nobody asks for one. */
    private static final long KEPT = TimeUnit.SECONDS.toNanos(10);

    private static final String NOT_IN_TIME = "shards: not listed within a second";
    private static final String FAILED = "shards: the list could not be had";
    private static final String BUSY = "shards: too busy to list them";

    private final ShardProvider provider;
    private final Executor lane;
    private final Loop loop;
    private final LongSupplier nanoTime;
    private final List<Waiter> waiters = new ArrayList<>();
    private @Nullable ShardArray latest;
    private boolean failed;
    private boolean running;
    private boolean overdue;
    private long runs;
    private long endedAt;

    /**
     * @param lane where the provider is asked
     */
    ShardRendering(ShardProvider provider, Executor lane, Loop loop, LongSupplier nanoTime) {
        this.provider = provider;
        this.lane = lane;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.endedAt = nanoTime.getAsLong() - LIFETIME;
    }

    private record Waiter(ShardAnswer answer, CompletableFuture<Response> response) {}

    /**
     * Gives the answer its shards, now or within a second.
     *
     * @param hung whether the provider is known not to answer, so that no thread should be spent on asking it
     */
    Response answer(ShardAnswer wanted, boolean hung) {
        if (!running && nanoTime.getAsLong() - endedAt < LIFETIME) {
            return failed || latest == null ? wanted.without(FAILED) : wanted.with(latest);
        }
        if (hung || overdue) {
            return wanted.without(NOT_IN_TIME);
        }
        if (!running && !start()) {
            return wanted.without(BUSY);
        }
        Waiter waiter = new Waiter(wanted, new CompletableFuture<>());
        waiters.add(waiter);
        return Response.later(waiter.response(), () -> waiters.remove(waiter));
    }

    /** Lets go of memory that nobody has asked for in a while. Called twice a second. */
    void tick() {
        if (!running && nanoTime.getAsLong() - endedAt > KEPT) {
            latest = null;
        }
    }

    private boolean start() {
        ShardArray array = latest == null || latest.isRead() ? new ShardArray() : latest;
        try {
            lane.execute(() -> render(array));
        } catch (RejectedExecutionException full) {
            return false;
        }
        latest = null;
        running = true;
        runs++;
        long run = runs;
        loop.schedule(() -> giveUpWaiting(run), PATIENCE);
        return true;
    }

    /** On the ops lane. */
    private void render(ShardArray array) {
        boolean filled = fill(array);
        loop.execute(() -> end(array, filled));
    }

    private boolean fill(ShardArray array) {
        try {
            array.fill(provider);
            return true;
        } catch (Exception | Error failure) {
            // An Error too: whatever the provider does, the lane has other work, and waiters want their answers.
            LOG.debug("the list of shards could not be had", failure);
            return false;
        }
    }

    private void end(ShardArray array, boolean filled) {
        running = false;
        overdue = false;
        failed = !filled;
        latest = array;
        endedAt = nanoTime.getAsLong();
        release(waiter -> filled ? waiter.answer().with(array) : waiter.answer().without(FAILED));
    }

    private void giveUpWaiting(long run) {
        if (running && run == runs) {
            overdue = true;
            release(waiter -> waiter.answer().without(NOT_IN_TIME));
        }
    }

    private void release(Function<Waiter, Response> response) {
        List<Waiter> released = List.copyOf(waiters);
        waiters.clear();
        released.forEach(waiter -> waiter.response().complete(response.apply(waiter)));
    }
}
