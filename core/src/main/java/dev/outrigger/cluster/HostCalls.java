package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows the calls into one provider of the host that are under way, so that one that has outlasted its deadline is not repeated
 * before it returns, by whomever it was made. Safe for use by any thread.
 */
public final class HostCalls {

    /** How long a call may take. */
    public static final Duration DEADLINE = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();

    /**
     * @param nanoTime monotonic, in nanoseconds
     */
    public HostCalls(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /** One call, the same as no other. */
    private static final class Call {

        private final long startedAt;

        Call(long startedAt) {
            this.startedAt = startedAt;
        }
    }

    /**
     * Makes a call, on the caller's thread, however long it takes.
     *
     * @throws Exception what the call throws
     */
    public <T> T make(Callable<T> question) throws Exception {
        Call call = new Call(nanoTime.getAsLong());
        open.add(call);
        try {
            return question.call();
        } finally {
            open.remove(call);
        }
    }

    /** Tells whether a call has taken longer than it may, and has not returned. */
    public boolean isOverdue() {
        long now = nanoTime.getAsLong();
        return open.stream().anyMatch(call -> now - call.startedAt >= DEADLINE.toNanos());
    }
}
