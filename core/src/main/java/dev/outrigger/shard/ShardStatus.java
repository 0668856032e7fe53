package dev.outrigger.shard;

/** How well one shard is, as the host sees it. */
public enum ShardStatus {

    /** It serves reads and writes. */
    HEALTHY("healthy"),

    /** It serves, but not as it should: a replica is behind, or writes are refused. */
    DEGRADED("degraded"),

    /** It does not serve. */
    UNAVAILABLE("unavailable");

    private final String word;

    ShardStatus(String word) {
        this.word = word;
    }

    /** Returns the word that answers and metrics use for this status. */
    public String word() {
        return word;
    }
}
