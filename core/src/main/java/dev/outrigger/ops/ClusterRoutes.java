package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.HostCalls;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.shard.ShardProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The routes of a cluster: {@code /cluster/members}, {@code /cluster/leader}, {@code /cluster/shards?type=},
 * {@code /cluster/restart-safety}, and where they are enabled {@code /cluster/leave} and {@code /cluster/down}.
 *
 * <p>The providers are asked on the ops lane, one call into each at a time, with 3 seconds: then it is 503, and again at once
 * until the call returns.
 */
public final class ClusterRoutes {

    private final ClusterProvider provider;
    private final ProviderCalls calls;
    private final SafetyQuestion safety;

    /**
     * @param calls knows all calls into the cluster's provider, those of others included
     * @param shards asked for the replicas
     * @param shardCalls knows the calls for replicas
     * @param lane where both are asked
     * @param loop keeps the deadlines
     */
    public ClusterRoutes(
            ClusterProvider provider,
            HostCalls calls,
            ShardProvider shards,
            HostCalls shardCalls,
            CallLane lane,
            Loop loop) {
        this.provider = requireNonNull(provider, "provider");
        this.calls = new ProviderCalls("cluster", calls, lane, loop);
        ProviderCalls replicas = new ProviderCalls("shards'", shardCalls, lane, loop);
        this.safety = new SafetyQuestion(provider, this.calls, requireNonNull(shards, "shards"), replicas);
    }

    /**
     * Returns the routes.
     *
     * @param leave what {@code /cluster/leave} begins
     * @param enabled which of the routes that write there are to be
     */
    public List<Route> routes(Leave leave, Set<OptionalRoute> enabled) {
        List<Route> routes = new ArrayList<>(reading());
        if (enabled.contains(OptionalRoute.CLUSTER_LEAVE)) {
            routes.add(Route.writing(Method.POST, "/cluster/leave")
                    .summary("Takes this node out of the cluster")
                    .handledBy(new LeaveRoute(leave, safety)));
        }
        if (enabled.contains(OptionalRoute.CLUSTER_DOWN)) {
            routes.add(Route.writing(Method.POST, "/cluster/down")
                    .summary("Declares another member dead")
                    .handledBy(new DownRoute(provider, calls)));
        }
        return routes;
    }

    private List<Route> reading() {
        return List.of(
                route("/cluster/members", "The members of the cluster", ofState(ClusterDocuments::members)),
                route("/cluster/leader", "The leader of the cluster", ofState(ClusterDocuments::leader)),
                route("/cluster/shards", "Which member has which shards of a type", this::shards),
                route("/cluster/restart-safety", "May this node go down now?", this::restartSafety));
    }

    private static Route route(String path, String summary, Handler handler) {
        return Route.get(path).summary(summary).handledBy(handler);
    }

    private Handler ofState(Function<ClusterState, Response> document) {
        return request -> Response.later(
                calls.ask(() -> requireNonNull(provider.state(), "state")).thenApply(document), () -> {});
    }

    private Response shards(Request request) {
        String type = request.query()
                .first("type")
                .filter(given -> !given.isBlank())
                .orElseThrow(() ->
                        Problem.badRequest("Missing query parameter: type").asException());
        return Response.later(calls.ask(() -> regions(type)), () -> {});
    }

    /** On the ops lane. */
    private Response regions(String type) throws Exception {
        if (!provider.shardTypes().contains(type)) {
            throw Problem.notFound("No such type of shards").asException();
        }
        return ClusterDocuments.regions(type, provider.shardRegions(type));
    }

    private Response restartSafety(Request request) {
        return Response.later(safety.ask().thenApply(finding -> ClusterDocuments.safety(finding.safety())), () -> {});
    }
}
