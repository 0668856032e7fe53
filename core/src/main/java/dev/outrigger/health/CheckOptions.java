package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a check is run, and what its failure means. Immutable: each setter returns a copy.
 *
 * @param kind what a failure means
 * @param scope how far the check looks; only {@link CheckScope#LOCAL} goes with {@link CheckKind#LIVENESS}
 * @param critical whether a failure decides the verdict of its kind, or only makes the node degraded
 * @param timeout how long a call may take
 * @param interval from the start of one call to the start of the next
 * @param fall how many failures in a row it takes to fail
 * @param rise how many successes in a row it takes to pass
 * @param interrupts whether the thread of a call is interrupted at the timeout
 */
public record CheckOptions(
        CheckKind kind,
        CheckScope scope,
        boolean critical,
        Duration timeout,
        Duration interval,
        int fall,
        int rise,
        boolean interrupts) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    /**
     * @throws HealthConfigException if a duration is not above 0, a count is below 1, or a liveness check looks beyond
     *     this process
     */
    public CheckOptions {
        requireNonNull(kind, "kind");
        requireNonNull(scope, "scope");
        Expect.positive("timeout", timeout);
        Expect.positive("interval", interval);
        Expect.atLeast(1, "fall", fall);
        Expect.atLeast(1, "rise", rise);
        if (kind == CheckKind.LIVENESS && scope != CheckScope.LOCAL) {
            throw new HealthConfigException(
                    "scope: " + scope.word() + " (expected: local, since a restart mends nothing beyond this process)");
        }
    }

    /** A critical, local liveness check: timeout 1 s, interval 5 s, fall 1, rise 1, never interrupted. */
    public static CheckOptions liveness() {
        return defaults(CheckKind.LIVENESS);
    }

    /** A critical, local readiness check: timeout 1 s, interval 5 s, fall 1, rise 1, never interrupted. */
    public static CheckOptions readiness() {
        return defaults(CheckKind.READINESS);
    }

    private static CheckOptions defaults(CheckKind kind) {
        return new CheckOptions(kind, CheckScope.LOCAL, true, DEFAULT_TIMEOUT, DEFAULT_INTERVAL, 1, 1, false);
    }

    /** Sets how far the check looks. Default: {@link CheckScope#LOCAL}. */
    public CheckOptions scope(CheckScope newScope) {
        return new CheckOptions(kind, newScope, critical, timeout, interval, fall, rise, interrupts);
    }

    /** Makes a failure degrade the node and no more. */
    public CheckOptions nonCritical() {
        return new CheckOptions(kind, scope, false, timeout, interval, fall, rise, interrupts);
    }

    /** Sets how long a call may take, above 0. Default: 1 s. */
    public CheckOptions timeout(Duration newTimeout) {
        return new CheckOptions(kind, scope, critical, newTimeout, interval, fall, rise, interrupts);
    }

    /** Sets the time from the start of one call to the start of the next, above 0. Default: 5 s. */
    public CheckOptions interval(Duration newInterval) {
        return new CheckOptions(kind, scope, critical, timeout, newInterval, fall, rise, interrupts);
    }

    /** Sets how many failures in a row it takes to fail, at least 1. Default: 1. */
    public CheckOptions fall(int newFall) {
        return new CheckOptions(kind, scope, critical, timeout, interval, newFall, rise, interrupts);
    }

    /** Sets how many successes in a row it takes to pass, at least 1. Default: 1. */
    public CheckOptions rise(int newRise) {
        return new CheckOptions(kind, scope, critical, timeout, interval, fall, newRise, interrupts);
    }

    /**
     * Has the thread of a call interrupted at the timeout, and when the sidecar closes. Only for a check that touches
     * no {@code FileChannel}: an interrupt closes it for everybody.
     */
    public CheckOptions interruptAtTimeout() {
        return new CheckOptions(kind, scope, critical, timeout, interval, fall, rise, true);
    }

    /** Returns the age at which a result is stale: {@code max(3 × interval, interval + timeout)}. */
    public Duration staleAfter() {
        Duration threeIntervals = interval.multipliedBy(3);
        Duration oneCall = interval.plus(timeout);
        return threeIntervals.compareTo(oneCall) >= 0 ? threeIntervals : oneCall;
    }
}
