package dev.outrigger.http;

import java.util.Map;

/**
 * What a lookup by path found.
 *
 * @param routes the routes of the path
 * @param path the decoded path, without the sidecar's prefix
 * @param parameters the decoded values of the path's parameters
 */
public record RouteMatch(PathRoutes routes, String path, Map<String, String> parameters) {

    public RouteMatch {
        parameters = Map.copyOf(parameters);
    }
}
