package dev.outrigger.ops;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves {@code GET /}: that the process runs, what it is, and where to look. What it says is settled when the sidecar is built.
 *
 * <pre>{@code
 * {"message":"outrigger sidecar","node_id":"node-1","version":"1.2.0",
 *  "routes":[{"path":"/","methods":["GET"],"summary":"What this is, and where to look"}]}
 * }</pre>
 */
public final class IndexRoute {

    private IndexRoute() {}

    /**
     * Makes the route.
     *
     * @param others all other routes of the sidecar, in the order in which they are listed
     */
    public static Route of(String nodeId, String version, List<Route> others) {
        Route.Draft draft = Route.get("/")
                .access(Access.PROBE)
                .lane(Lane.LOOP)
                .summary("What this is, and where to look");
        List<Route> all = new ArrayList<>();
        all.add(draft.handledBy(request -> Response.empty(204))); // Stands for the route itself in its own list.
        all.addAll(others);
        Response index = Response.json(200, document(nodeId, version, RouteTable.of("", all)));
        return draft.handledBy(request -> index);
    }

    private static byte[] document(String nodeId, String version, RouteTable table) {
        return JsonWriter.object(json -> json.field("message", "outrigger sidecar")
                .field("node_id", nodeId)
                .field("version", version)
                .array("routes", list -> table.paths().forEach(path -> list.element(entry -> describe(path, entry)))));
    }

    private static void describe(PathRoutes path, JsonWriter entry) {
        List<Route> routes = path.routes();
        entry.field("path", path.path().toString())
                .texts("methods", routes.stream().map(route -> route.method().name()).toList())
                .field("summary", routes.get(0).summary());
    }
}
