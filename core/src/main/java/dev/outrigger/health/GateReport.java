package dev.outrigger.health;

import java.util.Optional;

/**
 * The state of a gate at one moment. Immutable.
 *
 * @param open whether it is open now
 * @param hasBeenOpen whether it is open now or was open before
 * @param reason why it is closed, for authorised readers; what it was last closed for while it is open
 * @param progress how far the work behind it has come, while it is closed
 */
public record GateReport(String name, boolean open, boolean hasBeenOpen, String reason, Optional<Progress> progress) {

    GateReport opened() {
        return new GateReport(name, true, true, reason, Optional.empty());
    }

    GateReport closed(String newReason) {
        return new GateReport(name, false, hasBeenOpen, newReason, Optional.empty());
    }

    GateReport at(Progress newProgress) {
        return new GateReport(name, open, hasBeenOpen, reason, Optional.of(newProgress));
    }
}
