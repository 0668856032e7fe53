package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import dev.outrigger.trace.ClientFigures;
import dev.outrigger.trace.ClientReport;
import dev.outrigger.trace.ClientTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves {@code GET /admin/clients}, who calls this sidecar, and {@code GET /admin/clients/{id}}, the same of one client with
 * its figures by route. For authorised readers.
 *
 * <pre>
 *   {"clients":[{"id":"…","address":"192.0.2.1","user_agent":"…","principal":null,"requests":17,"errors":0,"bytes_sent":4096,
 *     "first_seen":"…","last_seen":"…","latency_ms":{"p50":0.02,"p99":0.1,"max":0.4}}]}
 * </pre>
 *
 * <p>Latencies are from the end of a request's head to the end of its answer; the quantiles are estimated from a histogram.
 */
public final class ClientRoutes {

    private static final String TAG = "diagnostics";

    private static final Schema CLIENT = figures(caller(Schema.object())).named("Client");

    private static final Operation ALL = Operation.of(TAG)
            .answers(
                    200,
                    "The clients that are known, the one seen last first.",
                    Response.JSON,
                    Schema.object().field("clients", Schema.listOf(CLIENT)).named("Clients"));

    private static final Operation ONE = Operation.of(TAG)
            .answers(
                    200,
                    "The client, with its figures by route.",
                    Response.JSON,
                    figures(caller(Schema.object()))
                            .field(
                                    "routes",
                                    Schema.listOf(figures(Schema.object().field("route", Schema.text()))))
                            .named("ClientByRoute"))
            .refuses(404, "There is no such client.");

    private static final double MICROS_PER_MILLI = 1e3;

    private final Supplier<ClientTable> table;

    private ClientRoutes(Supplier<ClientTable> table) {
        this.table = requireNonNull(table, "table");
    }

    private static Schema caller(Schema object) {
        return object.field("id", Schema.text())
                .field("address", Schema.text())
                .field("user_agent", Schema.text().orNull())
                .field("principal", Schema.text().orNull());
    }

    private static Schema figures(Schema object) {
        Schema latency = Schema.object()
                .field("p50", Schema.number())
                .field("p99", Schema.number())
                .field("max", Schema.number())
                .named("Latency");
        return object.field("requests", Schema.whole())
                .field("errors", Schema.whole())
                .field("bytes_sent", Schema.whole())
                .field("first_seen", Schema.time())
                .field("last_seen", Schema.time())
                .field("latency_ms", latency);
    }

    /** Makes the routes over a table, which is asked for at each request. */
    public static List<Route> of(Supplier<ClientTable> table) {
        ClientRoutes routes = new ClientRoutes(table);
        return List.of(
                Route.get("/admin/clients")
                        .summary("Who calls this sidecar")
                        .describedBy(ALL)
                        .handledBy(routes::all),
                Route.get("/admin/clients/{id}")
                        .summary("One client, and what it asks for")
                        .describedBy(ONE)
                        .handledBy(routes::one));
    }

    private Response all(Request request) {
        List<ClientReport> clients = table.get().reports();
        return Response.json(
                200,
                JsonWriter.object(json -> json.array(
                        "clients", list -> clients.forEach(client -> list.element(entry -> write(entry, client))))));
    }

    private Response one(Request request) {
        ClientReport client = table.get()
                .report(request.pathParameter("id"))
                .orElseThrow(() -> Problem.notFound("No such client").asException());
        return Response.json(200, JsonWriter.object(json -> {
            write(json, client);
            json.array(
                    "routes",
                    list -> client.routes()
                            .forEach(route -> list.element(
                                    entry -> write(entry.field("route", route.route()), route.figures()))));
        }));
    }

    private static void write(JsonWriter json, ClientReport client) {
        json.field("id", client.id())
                .field("address", client.address())
                .field("user_agent", client.userAgent().orElse(null))
                .field("principal", client.principal().orElse(null));
        write(json, client.total());
    }

    private static void write(JsonWriter json, ClientFigures figures) {
        json.field("requests", figures.requests())
                .field("errors", figures.errors())
                .field("bytes_sent", figures.bytesSent())
                .field("first_seen", figures.firstSeen())
                .field("last_seen", figures.lastSeen())
                .object(
                        "latency_ms",
                        latency -> latency.field("p50", millis(figures.p50Nanos()))
                                .field("p99", millis(figures.p99Nanos()))
                                .field("max", millis(figures.maxNanos())));
    }

    /** To the microsecond. */
    private static double millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos) / MICROS_PER_MILLI;
    }
}
