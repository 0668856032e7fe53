package dev.outrigger.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All routes of one path: what a lookup by path finds, before the method decides. Immutable. */
public final class PathRoutes {

    private final PathTemplate path;
    private final Map<Method, Route> byMethod;
    private final String allow;

    PathRoutes(PathTemplate path, Map<Method, Route> byMethod) {
        this.path = path;
        this.byMethod = new EnumMap<>(byMethod);
        this.allow = allow(byMethod);
    }

    private static String allow(Map<Method, Route> byMethod) {
        StringBuilder allow = new StringBuilder();
        for (Method method : Method.values()) {
            boolean answered = method == Method.HEAD ? byMethod.containsKey(Method.GET) : byMethod.containsKey(method);
            if (answered) {
                allow.append(method).append(", ");
            }
        }
        return allow.append(Method.OPTIONS).toString();
    }

    /** The path as it was declared. */
    public PathTemplate path() {
        return path;
    }

    /** The routes of this path, in the order of their methods. */
    public List<Route> routes() {
        return List.copyOf(byMethod.values());
    }

    /** The route that answers a method; a HEAD is answered by the GET route. */
    public Optional<Route> route(Method method) {
        return Optional.ofNullable(byMethod.get(method == Method.HEAD ? Method.GET : method));
    }

    /** The value of the {@code Allow} header, such as {@code GET, HEAD, OPTIONS}. */
    public String allow() {
        return allow;
    }

    /** Who may call this path with a method it does not have, or ask for its options: whoever may call the laxest of its routes. */
    public Access access() {
        return byMethod.values().stream().map(Route::access).min(Enum::compareTo).orElseThrow();
    }
}
