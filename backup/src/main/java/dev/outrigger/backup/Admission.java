package dev.outrigger.backup;

import dev.outrigger.http.Problem;
import java.util.function.BooleanSupplier;

/**
 * Whether new work is taken: not before the host's tables are there, and not once the node is on its way out.
 *
 * @param started whether work has begun
 * @param draining whether the node drains
 */
record Admission(BooleanSupplier started, BooleanSupplier draining) {

    private static final int RETRY_SECONDS = 5;
    private static final Problem STARTING = Problem.busy("The node is starting", RETRY_SECONDS);
    private static final Problem DRAINING = Problem.busy("The node is draining", RETRY_SECONDS);

    /** Answers 503 where none is taken. */
    void require() {
        if (draining.getAsBoolean()) {
            throw DRAINING.asException();
        }
        if (!started.getAsBoolean()) {
            throw STARTING.asException();
        }
    }
}
