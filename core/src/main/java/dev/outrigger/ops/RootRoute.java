package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Access;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Operation;
import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves {@code GET /}: 200 as long as the process runs, and what else can be asked here. */
public final class RootRoute implements Handler {

    private static final Schema LINE = Schema.object()
            .field("path", Schema.text())
            .field("methods", Schema.listOf(Schema.text()))
            .field("summary", Schema.text());

    private static final Operation OPERATION = Operation.of("documentation")
            .answers(
                    200,
                    "What this is, and what can be asked here.",
                    Response.JSON,
                    Schema.object()
                            .field("message", Schema.text())
                            .field("node_id", Schema.text())
                            .field("version", Schema.text())
                            .field("routes", Schema.listOf(LINE))
                            .named("Root"));

    private final String nodeId;
    private final String version;
    private final Supplier<RouteTable> table;

    /** Written by whoever is first; others write an equal one. */
    private volatile @Nullable CompleteResponse answer;

    private RootRoute(String nodeId, String version, Supplier<RouteTable> table) {
        this.nodeId = requireNonNull(nodeId, "nodeId");
        this.version = requireNonNull(version, "version");
        this.table = requireNonNull(table, "table");
    }

    /**
     * Makes the route.
     *
     * @param version of the host
     * @param table asked at the first request, once every route is known
     */
    public static Route of(String nodeId, String version, Supplier<RouteTable> table) {
        return Route.get("/")
                .access(Access.PROBE)
                .lane(Lane.LOOP)
                .summary("Answers as long as the process runs, and lists the routes")
                .describedBy(OPERATION)
                .handledBy(new RootRoute(nodeId, version, table));
    }

    @Override
    public Response handle(Request request) {
        CompleteResponse known = answer;
        if (known == null) {
            known = Response.json(200, document());
            answer = known;
        }
        return known;
    }

    private byte[] document() {
        RouteTable routes = table.get();
        return JsonWriter.object(json -> json.field("message", "Outrigger is running")
                .field("node_id", nodeId)
                .field("version", version)
                .array(
                        "routes",
                        list -> routes.paths().forEach(path -> list.element(entry -> write(entry, routes, path)))));
    }

    private static void write(JsonWriter entry, RouteTable table, PathRoutes path) {
        entry.field("path", table.prefix() + path.path())
                .texts(
                        "methods",
                        path.routes().stream()
                                .map(route -> route.method().name())
                                .toList())
                .field("summary", path.routes().get(0).summary());
    }
}
