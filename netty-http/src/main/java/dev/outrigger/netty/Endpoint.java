package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Lane;
import dev.outrigger.http.Method;
import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Route;
import java.util.Optional;

/**
 * One path of the route table as the server serves it: with the answer to OPTIONS derived, and with how it is counted.
 * Immutable but for what is counted.
 */
final class Endpoint {

    private final PathRoutes routes;
    private final CountedRoute counted;
    private final boolean needsRight;
    private final Optional<Route> get;
    private final Optional<Route> options;

    /**
     * Makes an endpoint.
     *
     * @param needsRight whether a caller must be authorised; false for probes and what the host declared anonymous
     */
    Endpoint(PathRoutes routes, CountedRoute counted, boolean needsRight) {
        this.routes = routes;
        this.counted = counted;
        this.needsRight = needsRight;
        this.get = routes.route(Method.GET);
        this.options = Optional.of(optionsRoute(routes, get));
    }

    private static Route optionsRoute(PathRoutes routes, Optional<Route> get) {
        return Route.get(routes.path().toString())
                .access(routes.access() == Access.PROBE ? Access.PROBE : Access.READ)
                .lane(get.map(Route::lane).orElse(Lane.LOOP))
                .summary("Tells the methods of this path")
                .handledBy(OptionsHandler.of(routes));
    }

    PathRoutes routes() {
        return routes;
    }

    CountedRoute counted() {
        return counted;
    }

    boolean needsRight() {
        return needsRight;
    }

    /** The route that answers a method, if the path has one. */
    Optional<Route> route(Method method) {
        return switch (method) {
            case GET, HEAD -> get;
            case OPTIONS -> options;
            case POST, PUT, PATCH, DELETE, UNKNOWN -> routes.route(method);
        };
    }
}
