package dev.outrigger.example.kv.work;

import java.time.Duration;

/**
 * How the workers are, as of one moment.
 *
 * @param expected how many workers there should be
 * @param alive how many there are
 * @param busy how many of them are at work
 * @param waiting how many pieces of work wait for one
 * @param longestStep for how long the slowest present step has been running
 */
public record WorkerReport(int expected, int alive, int busy, int waiting, Duration longestStep) {

    /** Tells whether a worker has died. */
    public boolean isShort() {
        return alive < expected;
    }

    /** Tells whether a worker has been at one step for longer than a limit. */
    public boolean isStuck(Duration limit) {
        return longestStep.compareTo(limit) > 0;
    }
}
