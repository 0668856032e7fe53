package dev.outrigger.cluster;

/**
 * Where a member is in its life in the cluster. The names are those of Akka and its relatives; a host whose cluster has fewer
 * uses fewer, {@link #UP} and {@link #UNREACHABLE} at the least.
 */
public enum MemberStatus {

    /** It has asked to come in. */
    JOINING("joining"),

    /** It was let in while not everybody could be asked. */
    WEAKLY_UP("weakly_up"),

    /** It takes part. */
    UP("up"),

    /** It is a member, and cannot be reached at the moment. */
    UNREACHABLE("unreachable"),

    /** It has said that it will go. */
    LEAVING("leaving"),

    /** It is going, with nothing left to hand over. */
    EXITING("exiting"),

    /** It was declared dead. */
    DOWN("down"),

    /** It is no member any more. */
    REMOVED("removed");

    private final String word;

    MemberStatus(String word) {
        this.word = word;
    }

    /** Returns the word that answers and metrics use for this status. */
    public String word() {
        return word;
    }

    /** Tells whether the member was declared dead or is gone, so that nobody counts on it any more. */
    public boolean isGone() {
        return this == DOWN || this == REMOVED;
    }

    /** Tells whether the member is on its way out of its own will, or out already. */
    public boolean isLeavingOrLeft() {
        return switch (this) {
            case LEAVING, EXITING, REMOVED -> true;
            case JOINING, WEAKLY_UP, UP, UNREACHABLE, DOWN -> false;
        };
    }
}
