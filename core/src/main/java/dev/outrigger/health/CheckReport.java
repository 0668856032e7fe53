package dev.outrigger.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One check in a report. Immutable.
 *
 * @param status the verdict, after fall and rise
 * @param last the last outcome, which the verdict may not have followed yet; empty before the first
 * @param lastGood when it last passed, whatever the verdict was
 * @param age of the last outcome when the report was made; zero before the first
 * @param stack of the thread that a timed-out call is still on, innermost frame first, for authorised readers; else
 *     empty
 */
public record CheckReport(
        String name,
        CheckOptions options,
        CheckStatus status,
        Optional<CheckOutcome> last,
        Optional<Instant> lastGood,
        Duration age,
        List<String> stack,
        CheckTotals totals) {

    /** Tells whether a restart is called for. */
    boolean failsLiveness() {
        return status.isFailed() && options.critical() && options.kind() == CheckKind.LIVENESS;
    }

    /** Tells whether the node may not be ready because of this check. */
    boolean preventsReadiness() {
        return !status.isGood() && options.critical();
    }

    /** Tells whether somebody should look. */
    boolean degrades() {
        return status.isFailed() || status == CheckStatus.DEGRADED;
    }
}
