package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthReport;
import dev.outrigger.health.Lifecycle;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves {@code GET /api/v1/status}: the node on one line, for consoles. Always 200; on the event loop. */
public final class StatusRoute implements Handler {

    private static final String LEAVE_FAILED = "leave_failed";

    private static final Operation OPERATION = Operation.of("status")
            .answers(
                    200,
                    "The node at a glance.",
                    Response.JSON,
                    Schema.object()
                            .field("health", Schema.oneOf("error", "unhealthy", "degraded", "unknown", "healthy"))
                            .field("message", Schema.text())
                            .field("auth_enabled", Schema.truth())
                            .field("swarm_mode", Schema.truth())
                            .field("secret_store", Schema.object().field("stale", Schema.truth()))
                            .field("node_id", Schema.text())
                            .field("version", Schema.text())
                            .field("uptime_seconds", Schema.whole())
                            .field("lifecycle", lifecycleSchema())
                            .named("Status"));

    private final Node node;
    private final Supplier<HealthReport> latest;
    private final BooleanSupplier leaveHasFailed;
    private final BooleanSupplier secretsAreStale;

    private StatusRoute(
            Node node, Supplier<HealthReport> latest, BooleanSupplier leaveHasFailed, BooleanSupplier secretsAreStale) {
        this.node = requireNonNull(node, "node");
        this.latest = requireNonNull(latest, "latest");
        this.leaveHasFailed = requireNonNull(leaveHasFailed, "leaveHasFailed");
        this.secretsAreStale = requireNonNull(secretsAreStale, "secretsAreStale");
    }

    private static Schema lifecycleSchema() {
        List<String> words = new ArrayList<>(
                Stream.of(Lifecycle.values()).map(Lifecycle::word).toList());
        words.add(LEAVE_FAILED);
        return Schema.oneOf(words.toArray(String[]::new));
    }

    /**
     * What does not change while the node runs.
     *
     * @param version of the host's product
     * @param authEnabled whether callers have to prove who they are
     * @param swarmMode whether the node stands alone
     */
    public record Node(String nodeId, String version, boolean authEnabled, boolean swarmMode) {}

    /**
     * Makes the route. What it asks at each request must not block.
     *
     * @param prefix of the admin API, such as {@code /api/v1}
     * @param leaveHasFailed whether this node could not leave its cluster
     * @param secretsAreStale whether the secrets are the last that could be read, and not what the file holds now
     */
    public static Route of(
            String prefix,
            Node node,
            Supplier<HealthReport> latest,
            BooleanSupplier leaveHasFailed,
            BooleanSupplier secretsAreStale) {
        return Route.get(prefix + "/status")
                .lane(Lane.LOOP)
                .summary("The node at a glance")
                .describedBy(OPERATION)
                .handledBy(new StatusRoute(node, latest, leaveHasFailed, secretsAreStale));
    }

    @Override
    public Response handle(Request request) {
        HealthReport report = latest.get();
        OverallHealth health = OverallHealth.of(report);
        return Response.json(
                200,
                JsonWriter.object(json -> json.field("health", health.word())
                        .field("message", health.message())
                        .field("auth_enabled", node.authEnabled())
                        .field("swarm_mode", node.swarmMode())
                        .object("secret_store", store -> store.field("stale", secretsAreStale.getAsBoolean()))
                        .field("node_id", node.nodeId())
                        .field("version", node.version())
                        .field("uptime_seconds", report.uptime().toSeconds())
                        .field("lifecycle", lifecycle(report.lifecycle()))));
    }

    private String lifecycle(Lifecycle lifecycle) {
        boolean failed = lifecycle == Lifecycle.DRAINING && leaveHasFailed.getAsBoolean();
        return failed ? LEAVE_FAILED : lifecycle.word();
    }
}
