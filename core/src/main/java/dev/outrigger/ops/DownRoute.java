package dev.outrigger.ops;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.http.Handler;
import dev.outrigger.http.JsonBody;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.schema.Schema;

/** Serves {@code POST /cluster/down}, with a body of {@code {"address":"…"}}: declares another member dead. */
final class DownRoute implements Handler {

    static final Operation OPERATION = Operation.of(ClusterRoutes.TAG)
            .takes(Schema.object().field("address", Schema.matching("[!-~]{1,255}")))
            .answers(200, "The member counts as dead from now on.", Response.JSON, ClusterDocuments.DOWNED)
            .refuses(400, "The body is malformed, or has no address.")
            .refuses(404, "There is no such member, or it is down already.")
            .refuses(409, "It is this node itself.")
            .refuses(503, ClusterRoutes.NOT_TOLD);

    private final ClusterProvider provider;
    private final ProviderCalls calls;

    DownRoute(ClusterProvider provider, ProviderCalls calls) {
        this.provider = provider;
        this.calls = calls;
    }

    @Override
    public Response handle(Request request) {
        NodeAddress address = address(JsonBody.read(request, body -> body.string("address")));
        return Response.later(calls.ask(() -> down(address)), () -> {});
    }

    private static NodeAddress address(String text) {
        try {
            return new NodeAddress(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).asException();
        }
    }

    /** On the ops lane. */
    private Response down(NodeAddress address) throws Exception {
        ClusterState state = provider.state();
        if (state.self().address().equals(address)) {
            throw Problem.of(409, "A node cannot declare itself dead: it can leave")
                    .asException();
        }
        boolean there = state.others().stream()
                .anyMatch(member ->
                        member.address().equals(address) && !member.status().isGone());
        if (!there) {
            throw Problem.notFound("No such member, or it is down already").asException();
        }
        provider.down(address);
        return ClusterDocuments.downed(address);
    }
}
