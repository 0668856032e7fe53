package dev.outrigger.health;

/** The verdict on one check, as a report shows it. */
public enum CheckStatus {

    /** The check passes. */
    HEALTHY("healthy"),

    /** The check passes, and says that somebody should look. */
    DEGRADED("degraded"),

    /** The check fails. */
    UNHEALTHY("unhealthy"),

    /** The check fails since it timed out, and the call is still running. */
    HUNG("hung"),

    /** The check fails since its last result is too old. */
    STALE("stale"),

    /** There have not been enough results yet: the node is not ready, but live. */
    UNKNOWN("unknown");

    private final String word;

    CheckStatus(String word) {
        this.word = word;
    }

    /** Returns the word that answers use for this status. */
    public String word() {
        return word;
    }

    /** Tells whether the check passes. */
    public boolean isGood() {
        return this == HEALTHY || this == DEGRADED;
    }

    /** Tells whether the check fails. One without a result neither passes nor fails. */
    public boolean isFailed() {
        return !isGood() && this != UNKNOWN;
    }
}
