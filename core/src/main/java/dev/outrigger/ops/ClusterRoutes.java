package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.HostCalls;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.schema.Schema;
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

    /** The heading of these routes in the documentation. */
    static final String TAG = "cluster";

    /** When the host has not told in time. */
    static final String NOT_TOLD = "The host does not answer in time, or fails.";

    private static final Operation SAFETY = Operation.of(TAG)
            .answers(200, "Nothing would be at risk.", Response.JSON, ClusterDocuments.SAFETY)
            .answers(
                    503,
                    "Something would be at risk; or the host does not answer in time, or fails.",
                    Response.JSON,
                    Schema.either(ClusterDocuments.SAFETY, Problem.SCHEMA));

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
            routes.add(OptionalRoute.CLUSTER_LEAVE
                    .draft()
                    .describedBy(LeaveRoute.OPERATION)
                    .handledBy(new LeaveRoute(leave, safety)));
        }
        if (enabled.contains(OptionalRoute.CLUSTER_DOWN)) {
            routes.add(OptionalRoute.CLUSTER_DOWN
                    .draft()
                    .describedBy(DownRoute.OPERATION)
                    .handledBy(new DownRoute(provider, calls)));
        }
        return routes;
    }

    private List<Route> reading() {
        return List.of(
                Route.get("/cluster/members")
                        .summary("The members of the cluster")
                        .describedBy(told("The members.", ClusterDocuments.MEMBERS))
                        .handledBy(ofState(ClusterDocuments::members)),
                Route.get("/cluster/leader")
                        .summary("The leader of the cluster")
                        .describedBy(told("The leader.", ClusterDocuments.LEADER))
                        .handledBy(ofState(ClusterDocuments::leader)),
                Route.get("/cluster/shards")
                        .summary("Which member has which shards of a type")
                        .describedBy(told("The shards by member.", ClusterDocuments.REGIONS)
                                .requiredQuery("type", Schema.text(), "The type of shards.")
                                .refuses(400, "There is no type in the query.")
                                .refuses(404, "There are no shards of that type."))
                        .handledBy(this::shards),
                Route.get("/cluster/restart-safety")
                        .summary("May this node go down now?")
                        .describedBy(SAFETY)
                        .handledBy(this::restartSafety));
    }

    private static Operation told(String description, Schema schema) {
        return Operation.of(TAG)
                .answers(200, description, Response.JSON, schema)
                .refuses(503, NOT_TOLD);
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
