package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Immutable: details are copied when given.
 *
 * <p>Message and details are shown to authorised readers only. Both are bounded: a text is cut at 1,024 characters, a
 * value nested deeper than 8 becomes its text, and what goes beyond 1,000 values is left out.
 *
 * @param message what to tell an operator, if anything
 * @param details facts by name, in the order given
 */
public record HealthResult(HealthStatus status, Optional<String> message, Map<String, @Nullable Object> details) {

    private static final HealthResult HEALTHY = new HealthResult(HealthStatus.HEALTHY, Optional.empty(), Map.of());

    public HealthResult {
        requireNonNull(status, "status");
        message = message.map(DetailCopy::text);
        details = new DetailCopy().map(details);
    }

    /** The component is as it should be. */
    public static HealthResult healthy() {
        return HEALTHY;
    }

    /** The component works, but somebody should look. The check still passes. */
    public static HealthResult degraded(String message) {
        return new HealthResult(HealthStatus.DEGRADED, Optional.of(message), Map.of());
    }

    /** The component does not work. The check fails. */
    public static HealthResult unhealthy(String message) {
        return new HealthResult(HealthStatus.UNHEALTHY, Optional.of(message), Map.of());
    }

    /**
     * Adds a fact.
     *
     * @param value text, number, boolean, {@code null}, or a list or map of these; anything else is shown as its
     *     {@code toString()}
     */
    public HealthResult withDetail(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(details);
        more.put(requireNonNull(name, "name"), value);
        return new HealthResult(status, message, more);
    }
}
