package dev.outrigger.ops;

import dev.outrigger.cluster.ClusterProvider;
import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.http.Handler;
import dev.outrigger.http.JsonBody;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;

/** Serves {@code POST /cluster/down}, with a body of {@code {"address":"…"}}: declares another member dead. */
final class DownRoute implements Handler {

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
