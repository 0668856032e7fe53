package dev.outrigger.ops;

import dev.outrigger.http.Method;
import dev.outrigger.http.Route;

/** A route of the sidecar's own that is off, and answers 404 like one that does not exist, until the host enables it. */
public enum OptionalRoute {

    /** {@code POST /cluster/leave}: takes this node out of the cluster. Needs a cluster. */
    CLUSTER_LEAVE(Method.POST, "/cluster/leave", "Takes this node out of the cluster", true),

    /** {@code POST /cluster/down}: declares another member dead. Needs a cluster. */
    CLUSTER_DOWN(Method.POST, "/cluster/down", "Declares another member dead", true),

    /** {@code GET /admin/threads}: what all threads of the process are doing. */
    ADMIN_THREADS(Method.GET, "/admin/threads", "The threads of the process, deadlocks first", false),

    /** {@code GET /admin/transitions}: the last changes of verdict. */
    ADMIN_TRANSITIONS(Method.GET, "/admin/transitions", "The last changes of verdict", false),

    /** {@code POST /admin/jfr}: a recording by Java's Flight Recorder, of the process as a whole. */
    ADMIN_JFR(
            Method.POST,
            "/admin/jfr",
            "Records the process with the Flight Recorder, and answers with the recording",
            false);

    private final Method method;
    private final String path;
    private final String summary;
    private final boolean needsCluster;

    OptionalRoute(Method method, String path, String summary, boolean needsCluster) {
        this.method = method;
        this.path = path;
        this.summary = summary;
        this.needsCluster = needsCluster;
    }

    /** Tells whether the route is there only where the node is in a cluster. */
    public boolean needsCluster() {
        return needsCluster;
    }

    /** The route without its handler: what is known of it while it is off, too. */
    public Route.Draft draft() {
        Route.Draft draft = method == Method.GET ? Route.get(path) : Route.writing(method, path);
        return draft.summary(summary);
    }
}
