package dev.outrigger.health;

import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardRule;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The provider's place in the monitor: asked each second and after each signal, one call at a time. A call that comes
 * back late still counts, with the age it has: old states are better than none.
 *
 * <p>Guarded by the monitor's lock, but for the signal.
 */
final class ShardSlot {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(1);
    private static final long LIFETIME = TimeUnit.SECONDS.toNanos(15);

    /** Between two calls however often the host signals, so that a busy host does not count shards all day. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(50);

    private final ShardProvider provider;
    private final int quickId;
    private final ShardRule rule;
    private final MonitorTime time;

    /** Set by the host's threads, cleared by the monitor's. */
    private volatile boolean signalled;

    /** Whether the provider was told how to signal. Used by one call after the other. */
    private boolean subscribed;

    private @Nullable SlotRun<ShardSurvey> run;
    private boolean overdue;
    private long startedAt;
    private boolean startedOnce;
    private @Nullable ShardSurvey survey;
    private long surveyElapsed;
    private long surveyRunning;
    private boolean expired;
    private @Nullable ShardFault fault;
    private long failures;

    ShardSlot(ShardProvider provider, int quickId, ShardRule rule, MonitorTime time) {
        this.provider = provider;
        this.quickId = quickId;
        this.rule = rule;
        this.time = time;
    }

    /** Takes in what has happened up to the given running time. Returns whether there is something new to tell. */
    boolean advance(long now) {
        boolean news = collect();
        news |= giveUpWaiting(now);
        news |= expire(now);
        return news;
    }

    /**
     * Returns a new call to be put on a thread, if it is time for one.
     *
     * @param wake has the monitor look again: when the call ends, and when the host signals
     */
    Optional<SlotRun<ShardSurvey>> start(long now, Runnable wake) {
        if (run != null || (startedOnce && now - dueAt() < 0)) {
            return Optional.empty();
        }
        // Cleared before the call: a change that comes while it runs asks for another one.
        signalled = false;
        startedOnce = true;
        startedAt = now;
        SlotRun<ShardSurvey> started = new SlotRun<>(() -> visit(wake), time, wake);
        run = started;
        return Optional.of(started);
    }

    long nextEventAt() {
        if (run == null) {
            return startedOnce ? dueAt() : time.running();
        }
        // Past its deadline there is only the age of the last states to watch, and that is looked at each second.
        return overdue ? time.running() + INTERVAL : startedAt + TIMEOUT;
    }

    boolean isRunning() {
        return run != null;
    }

    ShardReport report(long elapsedNow) {
        Optional<ShardFault> knownFault = Optional.ofNullable(fault);
        if (survey == null) {
            return new ShardReport(
                    true, Optional.empty(), Optional.empty(), false, Duration.ZERO, false, knownFault, failures);
        }
        ShardSurvey seen = expired ? survey.lost() : survey;
        Duration age = Duration.ofNanos(Math.max(0, elapsedNow - surveyElapsed));
        return new ShardReport(
                true, Optional.of(seen.counts()), seen.quick(), seen.ruleHolds(), age, expired, knownFault, failures);
    }

    /** Runs on a check thread, where even subscribing may hang or throw. */
    private ShardSurvey visit(Runnable wake) throws Exception {
        if (!subscribed) {
            subscribed = true;
            provider.onChange(() -> {
                signalled = true;
                wake.run();
            });
        }
        return ShardCensus.take(provider, quickId, rule);
    }

    private long dueAt() {
        return startedAt + (signalled ? BREATH : INTERVAL);
    }

    private boolean collect() {
        SlotRun.End<ShardSurvey> end = run == null ? null : run.end();
        if (run == null || end == null) {
            return false;
        }
        boolean news = overdue || fault != null;
        if (end.value().isPresent()) {
            news |= !end.value().get().equals(survey);
            survey = end.value().get();
            surveyElapsed = run.startedElapsed();
            surveyRunning = run.startedRunning();
            fault = null;
        } else {
            news = true;
            fail(ShardFault.Kind.FAILED, end.failure());
        }
        run = null;
        overdue = false;
        return news;
    }

    private boolean giveUpWaiting(long now) {
        if (run == null || overdue || now - (startedAt + TIMEOUT) < 0) {
            return false;
        }
        overdue = true;
        fail(ShardFault.Kind.HUNG, "no answer within 1s");
        return true;
    }

    private void fail(ShardFault.Kind kind, String message) {
        fault = new ShardFault(kind, message);
        failures++;
    }

    private boolean expire(long now) {
        boolean nowExpired = survey != null && now - surveyRunning > LIFETIME;
        boolean news = nowExpired != expired;
        expired = nowExpired;
        return news;
    }
}
