package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.cluster.ClientReport;
import dev.outrigger.cluster.ClientStatus;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Serves {@code GET /health/cluster}: what this node can reach, as of the last look. Always 200. */
public final class ConnectivityRoute implements Handler {

    private static final double NANOS_PER_MILLI = 1e6;

    private static final Schema CLIENT = Schema.object()
            .field("name", Schema.text())
            .field("kind", Schema.text())
            .field("url", Schema.text().orNull())
            .field("status", Schema.oneOf(ClientStatus.values(), ClientStatus::word))
            .field("latency_ms", Schema.number().orNull())
            .field("last_success", Schema.time().orNull())
            .field("message", Schema.text().orNull())
            .field("age_ms", Schema.whole().orNull())
            .named("ReachedClient");

    private static final Operation OPERATION = Operation.of("health")
            .answers(
                    200,
                    "What can be reached, as of the last look.",
                    Response.JSON,
                    Schema.object()
                            .field("status", Schema.oneOf("unhealthy", "degraded", "unknown", "healthy"))
                            .field("clients", Schema.listOf(CLIENT))
                            .named("Connectivity"));

    private final Supplier<List<ClientReport>> clients;

    private ConnectivityRoute(Supplier<List<ClientReport>> clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /**
     * Makes the route.
     *
     * @param clients asked at each request, on the ops lane
     */
    public static Route of(Supplier<List<ClientReport>> clients) {
        return Route.get("/health/cluster")
                .summary("Dependencies and peers: can they be reached?")
                .describedBy(OPERATION)
                .handledBy(new ConnectivityRoute(clients));
    }

    @Override
    public Response handle(Request request) {
        List<ClientReport> all = clients.get();
        return Response.json(
                200,
                JsonWriter.object(json -> json.field("status", status(all))
                        .array(
                                "clients",
                                list -> all.forEach(client ->
                                        list.element(fields -> write(fields, client, request.seesDetails()))))));
    }

    private static String status(List<ClientReport> all) {
        if (all.stream().anyMatch(client -> client.required() && client.status() == ClientStatus.OFFLINE)) {
            return "unhealthy";
        }
        if (all.stream().anyMatch(client -> client.status() == ClientStatus.OFFLINE)) {
            return "degraded";
        }
        return all.stream().anyMatch(client -> client.status() == ClientStatus.UNKNOWN) ? "unknown" : "healthy";
    }

    private static void write(JsonWriter json, ClientReport client, boolean withDetails) {
        json.field("name", client.name())
                .field("kind", client.kind())
                .field("url", client.url().orElse(null))
                .field("status", client.status().word())
                .anyField(
                        "latency_ms",
                        client.latency().map(ConnectivityRoute::millis).orElse(null));
        client.lastSuccess()
                .ifPresentOrElse(time -> json.field("last_success", time), () -> json.nullField("last_success"));
        json.field("message", withDetails ? client.message().orElse(null) : null)
                .anyField("age_ms", client.age().map(Duration::toMillis).orElse(null));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
