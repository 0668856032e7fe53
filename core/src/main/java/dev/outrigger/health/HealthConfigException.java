package dev.outrigger.health;

/** Refuses a check, a gate or an option when the monitor is put together. Never thrown after that. */
public final class HealthConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    HealthConfigException(String message) {
        super(message);
    }
}
