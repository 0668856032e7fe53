package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Access;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.RouteTable;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.schema.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Serves {@code GET /router/registry}: the table that dispatches, in its order, and behind it those routes of the sidecar's own that are
 * off and could be switched on. For authorised readers.
 *
 * <pre>
 *   {"routes":[{"method":"GET","path":"/ready","class":"P","enabled":true,"summary":"…","requests_total":17}]}
 * </pre>
 *
 * <p>{@code requests_total} is of all requests that were answered, refusals included; those with HEAD count for the route that answers
 * GET. A route that is off has none: a request for it finds no route.
 */
public final class RegistryRoute implements Handler {

    private static final Operation OPERATION = Operation.of("documentation")
            .answers(
                    200,
                    "All routes, in the order of the table; behind them those that are off.",
                    Response.JSON,
                    Schema.object()
                            .field("routes", Schema.listOf(entrySchema()))
                            .named("Registry"));

    private final Supplier<RouteTable> table;
    private final List<Route.Draft> optional;
    private final RequestMetrics requests;

    private RegistryRoute(Supplier<RouteTable> table, List<Route.Draft> optional, RequestMetrics requests) {
        this.table = requireNonNull(table, "table");
        this.optional = optional;
        this.requests = requireNonNull(requests, "requests");
    }

    private static Schema entrySchema() {
        return Schema.object()
                .field("method", Schema.text())
                .field("path", Schema.text())
                .field("class", Schema.oneOf(Access.values(), Access::letter))
                .field("enabled", Schema.truth())
                .field("summary", Schema.text())
                .field("requests_total", Schema.whole());
    }

    /**
     * Makes the route.
     *
     * @param table asked at each request
     * @param optional what is listed as off where it is not in the table
     * @param requests counts by the templates of the table's paths
     */
    public static Route of(Supplier<RouteTable> table, Collection<OptionalRoute> optional, RequestMetrics requests) {
        List<Route.Draft> drafts = optional.stream().map(OptionalRoute::draft).toList();
        return Route.get("/router/registry")
                .summary("All routes, who may call them, and how often each was called")
                .describedBy(OPERATION)
                .handledBy(new RegistryRoute(table, drafts, requests));
    }

    @Override
    public Response handle(Request request) {
        RouteTable routes = table.get();
        return Response.json(
                200,
                JsonWriter.object(json -> json.array("routes", list -> {
                    for (PathRoutes path : routes.paths()) {
                        for (Route route : path.routes()) {
                            list.element(entry -> writeOn(entry, routes.prefix(), route));
                        }
                    }
                    optional.stream()
                            .filter(Predicate.not(draft -> isIn(routes, draft)))
                            .forEach(draft -> list.element(entry -> writeOff(entry, routes.prefix(), draft)));
                })));
    }

    private static boolean isIn(RouteTable routes, Route.Draft draft) {
        return routes.paths().stream()
                .anyMatch(path -> path.path().equals(draft.path())
                        && path.route(draft.method()).isPresent());
    }

    private void writeOn(JsonWriter entry, String prefix, Route route) {
        write(entry, route.method(), prefix + route.path(), route.access())
                .field("enabled", true)
                .field("summary", route.summary())
                .field("requests_total", requests.answered(route.path().toString(), methods(route.method())));
    }

    private static void writeOff(JsonWriter entry, String prefix, Route.Draft draft) {
        write(entry, draft.method(), prefix + draft.path(), draft.access())
                .field("enabled", false)
                .field("summary", draft.summary())
                .field("requests_total", 0);
    }

    private static JsonWriter write(JsonWriter entry, Method method, String path, Access access) {
        return entry.field("method", method.name()).field("path", path).field("class", access.letter());
    }

    private static Set<String> methods(Method method) {
        return method == Method.GET ? Set.of(Method.GET.label(), Method.HEAD.label()) : Set.of(method.label());
    }
}
