package dev.outrigger.ops;

import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.schema.Schema;
import dev.outrigger.shard.RestartSafety;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves {@code POST /cluster/leave}: 200 at once, the same again while the node leaves and when it has left; 409 where that
 * would cost a shard more than this node, unless {@code ?force=true}.
 */
final class LeaveRoute implements Handler {

    static final Operation OPERATION = Operation.of(ClusterRoutes.TAG)
            .query("force", Schema.oneOf("true"), "Leaves whatever that would cost.")
            .answers(200, "The node leaves, or has left.", Response.JSON, ClusterDocuments.LEAVING)
            .refuses(409, "A shard would be at risk.")
            .refuses(503, ClusterRoutes.NOT_TOLD);

    private static final Response LEAVING = ClusterDocuments.leaving();

    private final Leave leave;
    private final SafetyQuestion safety;

    LeaveRoute(Leave leave, SafetyQuestion safety) {
        this.leave = leave;
        this.safety = safety;
    }

    @Override
    public Response handle(Request request) {
        if (leave.isUnderWay()) {
            return LEAVING;
        }
        if (request.query().first("force").filter("true"::equals).isPresent()) {
            return begin();
        }
        return Response.later(safety.ask().thenApply(this::judge), () -> {});
    }

    private Response judge(SafetyQuestion.Finding finding) {
        if (!finding.allowsLeaving() && !leave.isUnderWay()) {
            throw Problem.of(409, "This node cannot leave safely now: " + String.join(", ", risks(finding.safety())))
                    .asException();
        }
        return begin();
    }

    private Response begin() {
        leave.begin();
        return LEAVING;
    }

    private static List<String> risks(RestartSafety safety) {
        List<String> risks = new ArrayList<>();
        addIfAny(risks, "quorum_loss", safety.quorumLoss());
        addIfAny(risks, "offline", safety.offline());
        addIfAny(risks, "below_min_in_sync", safety.belowMinInSync());
        return risks;
    }

    private static void addIfAny(List<String> risks, String risk, List<Integer> shards) {
        if (!shards.isEmpty()) {
            risks.add(risk);
        }
    }
}
