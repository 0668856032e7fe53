package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check's place in the monitor: at most one call at a time, and what came of it.
 *
 * <pre>
 *   idle ── due ──▶ running ── ended in time ──▶ idle, a result
 *                      │
 *                   timeout: a failure, and one more each interval
 *                      ▼
 *                   overdue ── ended ──▶ idle, what it returned is dropped
 * </pre>
 *
 * <p>Guarded by the monitor's lock.
 */
final class CheckSlot {

    private final String name;
    private final CheckOptions options;
    private final HealthCheck check;
    private final MonitorTime time;
    private final Streak streak;

    private @Nullable SlotRun<HealthResult> run;
    private boolean overdue;
    private List<String> stack = List.of();

    /** Running time at which the next call starts. */
    private long dueAt;

    /** Running time at which the running call counts as one more failure. */
    private long failAt;

    /** Elapsed time up to which the running call is in the totals. */
    private long countedUntil;

    private @Nullable CheckOutcome last;
    private long lastElapsed;
    private long lastRunning;
    private HealthStatus lastGood = HealthStatus.HEALTHY;
    private @Nullable Instant lastGoodAt;
    private boolean stale;
    private CheckStatus status = CheckStatus.UNKNOWN;
    private CheckTotals totals = CheckTotals.NONE;

    CheckSlot(String name, CheckOptions options, HealthCheck check, MonitorTime time) {
        this.name = name;
        this.options = options;
        this.check = check;
        this.time = time;
        this.streak = new Streak(options.fall(), options.rise());
        this.dueAt = time.running();
    }

    String name() {
        return name;
    }

    /** Takes in what has happened up to the given running time. Returns whether there is something new to tell. */
    boolean advance(long now) {
        boolean news = collect(now);
        news |= giveUpWaiting(now);
        news |= goStale(now);
        CheckStatus current = currentStatus();
        if (current != status) {
            status = current;
            totals = totals.plusTransition();
            news = true;
        }
        return news;
    }

    /** Returns a new call to be put on a thread, if it is time for one. */
    Optional<SlotRun<HealthResult>> start(long now, Runnable onEnd) {
        if (run != null || now - dueAt < 0) {
            return Optional.empty();
        }
        SlotRun<HealthResult> started = new SlotRun<>(check::check, time, onEnd);
        run = started;
        countedUntil = started.startedElapsed();
        dueAt = now + options.interval().toNanos();
        failAt = now + options.timeout().toNanos();
        return Optional.of(started);
    }

    /** Returns the running time at which {@link #advance} has something to do, unless a call ends before. */
    long nextEventAt() {
        return run == null ? dueAt : failAt;
    }

    boolean isRunning() {
        return run != null;
    }

    /** Interrupts a running call where its options allow that. */
    void abandon() {
        if (run != null && options.interrupts()) {
            run.interrupt();
        }
    }

    CheckReport report(long elapsedNow) {
        Duration age = last == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, elapsedNow - lastElapsed));
        return new CheckReport(
                name, options, status, Optional.ofNullable(last), Optional.ofNullable(lastGoodAt), age, stack, totals);
    }

    private boolean collect(long now) {
        SlotRun.End<HealthResult> end = run == null ? null : run.end();
        if (end == null) {
            return false;
        }
        SlotRun<HealthResult> ended = requireNonNull(run);
        run = null;
        stack = List.of();
        // A call may end after a pause and before the monitor has seen that there was one.
        long endedAt = Math.min(now, end.runningAt());
        if (overdue) {
            overdue = false;
            return true;
        }
        Duration took = Duration.ofNanos(end.elapsedAt() - ended.startedElapsed());
        // Late is also what ended after its deadline with nobody awake to see that pass.
        boolean late = endedAt - ended.startedRunning() > options.timeout().toNanos();
        conclude(late ? timedOut(took) : outcome(end, took), end.elapsedAt(), endedAt);
        return true;
    }

    private static CheckOutcome outcome(SlotRun.End<HealthResult> end, Duration took) {
        return end.value()
                .map(result -> CheckOutcome.said(result, end.at(), took))
                .orElseGet(() -> CheckOutcome.none(FailureCode.ERROR, end.failure(), end.at(), took));
    }

    private boolean giveUpWaiting(long now) {
        if (run == null || now - failAt < 0) {
            return false;
        }
        long elapsed = time.elapsed();
        if (!overdue && options.interrupts()) {
            run.interrupt();
        }
        overdue = true;
        stack = run.stack();
        // While it hangs each interval counts as a failure more, else a fall of 3 would never be reached.
        failAt = now + options.interval().toNanos();
        conclude(timedOut(Duration.ofNanos(elapsed - run.startedElapsed())), elapsed, now);
        return true;
    }

    private CheckOutcome timedOut(Duration took) {
        String message = "no result within " + Expect.inWords(options.timeout());
        return CheckOutcome.none(FailureCode.TIMEOUT, message, time.instant(), took);
    }

    private void conclude(CheckOutcome outcome, long elapsedAt, long runningAt) {
        last = outcome;
        lastElapsed = elapsedAt;
        lastRunning = runningAt;
        stale = false;
        if (outcome.isGood()) {
            lastGood = outcome.status();
            lastGoodAt = outcome.time();
        }
        streak.add(outcome.isGood());
        // A call that hangs is counted once an interval, each time with what it has taken since.
        totals = totals.plus(outcome, Duration.ofNanos(elapsedAt - countedUntil));
        countedUntil = elapsedAt;
    }

    private boolean goStale(long now) {
        if (last == null || stale || now - lastRunning <= options.staleAfter().toNanos()) {
            return false;
        }
        stale = true;
        streak.fail();
        return true;
    }

    private CheckStatus currentStatus() {
        return switch (streak.standing()) {
            case UNKNOWN -> CheckStatus.UNKNOWN;
            case GOOD -> lastGood == HealthStatus.DEGRADED ? CheckStatus.DEGRADED : CheckStatus.HEALTHY;
            case FAILED -> failedStatus();
        };
    }

    private CheckStatus failedStatus() {
        if (overdue) {
            return CheckStatus.HUNG;
        }
        return stale ? CheckStatus.STALE : CheckStatus.UNHEALTHY;
    }
}
