package dev.outrigger.cluster;

/** Whether something that this node needs can be reached from here. */
public enum ClientStatus {

    /** It answered the last time it was asked. */
    ONLINE("online"),

    /** It did not. */
    OFFLINE("offline"),

    /** It has not been asked yet. */
    UNKNOWN("unknown");

    private final String word;

    ClientStatus(String word) {
        this.word = word;
    }

    /** Returns the word that answers use for this status. */
    public String word() {
        return word;
    }
}
