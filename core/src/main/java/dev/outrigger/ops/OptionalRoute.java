package dev.outrigger.ops;

/** A route of the sidecar's own that is off, and answers 404 like one that does not exist, until the host enables it. */
public enum OptionalRoute {

    /** {@code POST /cluster/leave}: takes this node out of the cluster. Needs a cluster. */
    CLUSTER_LEAVE(true),

    /** {@code POST /cluster/down}: declares another member dead. Needs a cluster. */
    CLUSTER_DOWN(true),

    /** {@code GET /admin/threads}: what all threads of the process are doing. */
    ADMIN_THREADS(false),

    /** {@code GET /admin/transitions}: the last changes of verdict. */
    ADMIN_TRANSITIONS(false),

    /** {@code POST /admin/jfr}: a recording by Java's Flight Recorder, of the process as a whole. */
    ADMIN_JFR(false);

    private final boolean needsCluster;

    OptionalRoute(boolean needsCluster) {
        this.needsCluster = needsCluster;
    }

    /** Tells whether the route is there only where the node is in a cluster. */
    public boolean needsCluster() {
        return needsCluster;
    }
}
