package dev.outrigger.health;

import java.time.Duration;

/**
 * What a check has come to since the monitor was built. Immutable; no number ever falls.
 *
 * @param results how many results there were, timed-out ones included
 * @param failures how many of them were failures
 * @param transitions how often its status changed, the change from {@code UNKNOWN} included
 * @param duration of all calls together
 */
public record CheckTotals(long results, long failures, long transitions, Duration duration) {

    static final CheckTotals NONE = new CheckTotals(0, 0, 0, Duration.ZERO);

    /**
     * @param spent what is to be added to the duration: less than the outcome's where some of that was added before
     */
    CheckTotals plus(CheckOutcome outcome, Duration spent) {
        long failed = outcome.isGood() ? failures : failures + 1;
        return new CheckTotals(results + 1, failed, transitions, duration.plus(spent));
    }

    CheckTotals plusTransition() {
        return new CheckTotals(results, failures, transitions + 1, duration);
    }
}
