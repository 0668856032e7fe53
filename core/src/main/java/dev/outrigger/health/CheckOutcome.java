package dev.outrigger.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call of a check. Immutable.
 *
 * @param status what the check said, or {@code UNHEALTHY} when it said nothing
 * @param code why it said nothing, if so
 * @param message for authorised readers
 * @param details for authorised readers
 * @param time when it ended, or was given up waiting for
 * @param duration how long it took until then
 */
public record CheckOutcome(
        HealthStatus status,
        Optional<FailureCode> code,
        Optional<String> message,
        Map<String, @Nullable Object> details,
        Instant time,
        Duration duration) {

    static CheckOutcome said(HealthResult result, Instant time, Duration duration) {
        return new CheckOutcome(result.status(), Optional.empty(), result.message(), result.details(), time, duration);
    }

    static CheckOutcome none(FailureCode code, String message, Instant time, Duration duration) {
        return new CheckOutcome(
                HealthStatus.UNHEALTHY, Optional.of(code), Optional.of(message), Map.of(), time, duration);
    }

    boolean isGood() {
        return status != HealthStatus.UNHEALTHY;
    }
}
