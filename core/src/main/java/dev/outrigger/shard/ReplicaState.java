package dev.outrigger.shard;

/** How a replica is. A host that does not know says {@link #OFFLINE}: what is not known to be there cannot be counted on. */
public enum ReplicaState {

    /** It runs and has everything that was acknowledged, so that it could take the shard over at once. */
    IN_SYNC,

    /** It runs, and lacks some of it: it is catching up, being rebuilt, or too far behind to take over. */
    BEHIND,

    /** It does not run, cannot be reached, or is not known. */
    OFFLINE;

    /** The state of a replica that has no other to be compared with. */
    static ReplicaState ofOnly(ShardStatus status) {
        return switch (status) {
            case HEALTHY, DEGRADED -> IN_SYNC;
            case UNAVAILABLE -> OFFLINE;
        };
    }
}
