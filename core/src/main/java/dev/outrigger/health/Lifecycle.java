package dev.outrigger.health;

/** Where a node is in its life. It only ever moves forward. */
public enum Lifecycle {

    /** Not started, or a gate has not been open yet. */
    STARTING("starting"),

    /** Started: the monitor runs, and each gate has been open once. */
    RUNNING("running"),

    /** On its way out: not ready any more, whatever the checks say. */
    DRAINING("draining"),

    /** The monitor has stopped. */
    CLOSED("closed");

    private final String word;

    Lifecycle(String word) {
        this.word = word;
    }

    /** Returns the word that answers use for this state. */
    public String word() {
        return word;
    }
}
