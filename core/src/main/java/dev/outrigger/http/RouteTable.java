package dev.outrigger.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All routes of a sidecar. Immutable: what exists is settled when the sidecar is built, and a route that is off is just
 * not in it.
 */
public final class RouteTable {

    private final String prefix;
    private final List<PathRoutes> paths;
    private final Map<String, PathRoutes> literals;
    private final List<PathRoutes> templates;

    private RouteTable(String prefix, List<PathRoutes> paths) {
        this.prefix = prefix;
        this.paths = List.copyOf(paths);
        this.literals = paths.stream()
                .filter(path -> path.path().isLiteral())
                .collect(Collectors.toUnmodifiableMap(path -> path.path().toString(), Function.identity()));
        this.templates = paths.stream()
                .filter(path -> !path.path().isLiteral())
                .sorted(Comparator.comparingInt(path -> -path.path().literalSegments()))
                .toList();
    }

    /**
     * Makes a table.
     *
     * @param prefix stands before every path: empty, or {@code /literal} segments
     * @throws IllegalArgumentException if two routes claim the same method and path, or paths that no lookup could tell apart
     */
    public static RouteTable of(String prefix, List<Route> routes) {
        if (!prefix.isEmpty() && (prefix.equals("/") || !PathTemplate.of(prefix).isLiteral())) {
            throw new IllegalArgumentException("prefix: '" + prefix + "' (expected: empty, or /literal segments)");
        }
        Map<PathTemplate, Map<Method, Route>> byPath = new LinkedHashMap<>();
        for (Route route : routes) {
            Route other = byPath.computeIfAbsent(route.path(), p -> new EnumMap<>(Method.class))
                    .putIfAbsent(route.method(), route);
            if (other != null) {
                throw new IllegalArgumentException(
                        "route: " + route.method() + " " + route.path() + " (expected: one route a method and path)");
            }
        }
        List<PathRoutes> paths = new ArrayList<>();
        byPath.forEach((path, byMethod) -> paths.add(new PathRoutes(path, byMethod)));
        refuseAmbiguous(paths);
        return new RouteTable(prefix, paths);
    }

    private static void refuseAmbiguous(List<PathRoutes> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                if (paths.get(i).path().isAmbiguousWith(paths.get(j).path())) {
                    throw new IllegalArgumentException("route: " + paths.get(j).path() + " (expected: a path that "
                            + paths.get(i).path() + " does not match)");
                }
            }
        }
    }

    /** What stands before every path; empty unless configured. */
    public String prefix() {
        return prefix;
    }

    /** All paths, in the order in which they were given. */
    public List<PathRoutes> paths() {
        return paths;
    }

    /**
     * Finds the routes of a path.
     *
     * @param rawPath the path as sent: still percent-encoded, without the query
     * @throws ProblemException with 400 if the percent-encoding is malformed
     */
    public Optional<RouteMatch> match(String rawPath) {
        if (!rawPath.startsWith(prefix + "/") && !rawPath.equals(prefix)) {
            return Optional.empty();
        }
        List<String> segments = decoded(withoutTrailingSlash(rawPath.substring(prefix.length())));
        String path = "/" + String.join("/", segments);
        PathRoutes literal = segments.stream().anyMatch(s -> s.indexOf('/') >= 0) ? null : literals.get(path);
        if (literal != null) {
            return Optional.of(new RouteMatch(literal, path, Map.of()));
        }
        for (PathRoutes template : templates) {
            Optional<Map<String, String>> parameters = template.path().match(segments);
            if (parameters.isPresent()) {
                return Optional.of(new RouteMatch(template, path, parameters.get()));
            }
        }
        return Optional.empty();
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static List<String> decoded(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : PathTemplate.split(path)) {
            segments.add(PercentDecoding.pathSegment(segment));
        }
        return segments;
    }
}
