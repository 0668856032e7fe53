package dev.outrigger.health;

/**
 * How far a check looks. Only a {@link #LOCAL} check may be a liveness check: whatever lies outside the process is not
 * mended by restarting it.
 */
public enum CheckScope {

    /** This process and its machine. */
    LOCAL("local"),

    /** Other members of the cluster: quorum, leaders, membership. */
    CLUSTER("cluster"),

    /** Systems beside the cluster: a database, an object store. */
    EXTERNAL("external");

    private final String word;

    CheckScope(String word) {
        this.word = word;
    }

    /** Returns the word that answers use for this scope. */
    public String word() {
        return word;
    }
}
