package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Route;
import dev.outrigger.shard.ShardProvider;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The probes: {@code /ping}, {@code /healthz}, {@code /health/quick}, {@code /health} alias {@code /livez}, {@code /ready}
 * alias {@code /readyz}, {@code /startup}, and single checks.
 *
 * <p>Their answers are encoded when the monitor publishes a report; a request reads them on the event loop, takes no lock,
 * and runs no check. What a reader may ask for besides:
 *
 * <ul>
 *   <li>{@code ?only=a}, {@code ?exclude=a&exclude=b,c}: a verdict over these checks; gates, shards and the life cycle
 *       still count. An unknown name is 404 in the first, a warning in the second.
 *   <li>{@code ?verbose}: text, with a line for each check, as the Kubernetes API server has it; JSON, which is verbose
 *       anyway, for whoever accepts {@code application/json} by name.
 *   <li>{@code ?shards=false} leaves the array of shards out;
 *       {@code ?shard_status=unavailable&limit=100&after=41} cuts a page out of it.
 *   <li>{@code ?drain=404} tells a node that would be ready but for draining from a broken one, as HAProxy's
 *       {@code disable-on-404} wants it; {@code ?degraded=429} a degraded one from a healthy one, as Consul wants it.
 *   <li>{@code Accept: application/health+json}: the form of the IETF draft.
 *   <li>{@code Prefer: wait=N} with {@code If-None-Match}: the answer waits, holding no thread, until the verdict is
 *       another one; after N seconds, at most 60, it is 304.
 * </ul>
 */
public final class HealthRoutes {

    private final ReportDocuments documents;
    private final DraftDocument draft;
    private final AnswerBoard board;
    private final HeldRequests held;
    private final ShardRendering rendering;

    private HealthRoutes(String nodeId, HealthMonitor monitor, Executor lane, Loop loop, LongSupplier nanoTime) {
        this.documents = new ReportDocuments(nodeId);
        this.draft = new DraftDocument(nodeId);
        this.board = new AnswerBoard(monitor, documents);
        this.held = new HeldRequests(board, loop);
        ShardProvider provider = monitor.shardProvider().orElseGet(() -> ShardProvider.of(0, List::of));
        this.rendering = new ShardRendering(provider, lane, loop, nanoTime);
    }

    /**
     * Makes the routes of a monitor, and follows its reports from now on.
     *
     * @param nodeId what the answers call this node
     * @param opsLane where the shard provider is asked for the list of shards
     * @param loop the event loop that the routes are served on
     */
    public static HealthRoutes of(String nodeId, HealthMonitor monitor, Executor opsLane, Loop loop) {
        return of(nodeId, monitor, opsLane, loop, System::nanoTime);
    }

    /**
     * Makes the routes as above, with another clock.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public static HealthRoutes of(
            String nodeId, HealthMonitor monitor, Executor opsLane, Loop loop, LongSupplier nanoTime) {
        HealthRoutes routes = new HealthRoutes(
                requireNonNull(nodeId, "nodeId"),
                requireNonNull(monitor, "monitor"),
                requireNonNull(opsLane, "opsLane"),
                requireNonNull(loop, "loop"),
                nanoTime);
        routes.board.follow(monitor, routes.held::changed);
        return routes;
    }

    /** Returns the routes, all of them anonymous and served on the event loop. */
    public List<Route> routes() {
        ReadyProbe ready = new ReadyProbe(documents, draft, "ready");
        ReadyProbe readyz = new ReadyProbe(documents, draft, "readyz");
        HealthProbe health = new HealthProbe(documents, draft, rendering, "health");
        HealthProbe livez = new HealthProbe(documents, draft, rendering, "livez");
        CheckHandler anyCheck = new CheckHandler(board, documents, false);
        CheckHandler livenessCheck = new CheckHandler(board, documents, true);
        return List.of(
                constant("/ping", "Answers pong", "pong"),
                constant("/healthz", "Answers ok as long as the process runs", "ok"),
                route("/health/quick", "Should a balancer send traffic here?", HealthOperations.quick())
                        .handledBy(handler(new QuickProbe())),
                route("/health", "Liveness, with the full report", HealthOperations.health())
                        .handledBy(handler(health)),
                route("/livez", "Liveness, with the full report", HealthOperations.health())
                        .handledBy(handler(livez)),
                route("/ready", "Readiness, with its reasons", HealthOperations.ready())
                        .handledBy(handler(ready)),
                route("/readyz", "Readiness, with its reasons", HealthOperations.ready())
                        .handledBy(handler(readyz)),
                route("/startup", "Has the node started?", HealthOperations.startup())
                        .handledBy(handler(new StartupProbe())),
                route("/health/checks/{name}", "One check", HealthOperations.check())
                        .handledBy(anyCheck),
                route("/livez/{name}", "One liveness check", HealthOperations.check())
                        .handledBy(livenessCheck),
                route("/readyz/{name}", "One check", HealthOperations.check()).handledBy(anyCheck));
    }

    /**
     * Called by the event loop twice a second, however long it was held up: ten calls without a new report in between make
     * the node not ready, with the reason {@code monitor_stalled}.
     */
    public void tick() {
        board.tick();
        rendering.tick();
    }

    private ProbeHandler handler(Probe probe) {
        return new ProbeHandler(probe, board, held);
    }

    private static Route constant(String path, String summary, String word) {
        return route(path, summary, HealthOperations.constant(word)).handledBy(new ConstantHandler(word));
    }

    private static Route.Draft route(String path, String summary, Operation operation) {
        return Route.get(path)
                .access(Access.PROBE)
                .lane(Lane.LOOP)
                .summary(summary)
                .describedBy(operation);
    }
}
