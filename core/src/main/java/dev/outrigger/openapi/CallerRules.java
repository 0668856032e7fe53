package dev.outrigger.openapi;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Access;
import dev.outrigger.http.AuthScheme;
import dev.outrigger.http.Route;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may call what, as the document tells it. Immutable.
 *
 * @param schemes how callers prove who they are, any one of which will do; none where nobody is asked
 * @param certificateDemanded whether there is no connection at all without a client's certificate
 * @param needsRight tells the routes that nobody may call who has proven nothing
 */
public record CallerRules(Set<AuthScheme> schemes, boolean certificateDemanded, Predicate<Route> needsRight) {

    /** Nobody is asked. */
    public static final CallerRules OPEN = new CallerRules(Set.of(), false, route -> false);

    private static final String BEARER = "bearer";
    private static final String CERTIFICATE = "certificate";

    public CallerRules {
        schemes = schemes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(schemes));
        requireNonNull(needsRight, "needsRight");
    }

    /** Tells whether a route answers nobody but callers who have proven that they may call it. */
    boolean needRight(Route route) {
        return !schemes.isEmpty() && needsRight.test(route);
    }

    /** The schemes there are, under the names by which operations refer to them. */
    Map<String, Object> schemeTrees() {
        Map<String, Object> trees = new LinkedHashMap<>();
        if (schemes.contains(AuthScheme.BEARER_TOKEN)) {
            trees.put(
                    BEARER,
                    tree("http", "A token with the right to read, or to write, which includes reading.", "bearer"));
        }
        if (usesCertificates()) {
            trees.put(CERTIFICATE, tree("mutualTLS", "A certificate that the sidecar's authorities vouch for.", ""));
        }
        return trees;
    }

    private boolean usesCertificates() {
        return certificateDemanded || schemes.contains(AuthScheme.CLIENT_CERTIFICATE);
    }

    private static Map<String, Object> tree(String type, String description, String scheme) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", type);
        tree.put("description", description);
        if (!scheme.isEmpty()) {
            tree.put("scheme", scheme);
        }
        return tree;
    }

    /** The ways to call a route, any one of which will do. */
    List<Map<String, Object>> waysToCall(Route route) {
        List<Map<String, Object>> ways = new ArrayList<>();
        if (!needRight(route)) {
            ways.add(way(Map.of())); // A caller who proves something may be told more.
        }
        List<String> right = List.of(route.access() == Access.WRITE ? "write" : "read");
        if (schemes.contains(AuthScheme.BEARER_TOKEN)) {
            ways.add(way(Map.of(BEARER, right)));
        }
        if (schemes.contains(AuthScheme.CLIENT_CERTIFICATE)) {
            ways.add(way(Map.of(CERTIFICATE, right)));
        }
        return ways;
    }

    private Map<String, Object> way(Map<String, List<String>> proof) {
        Map<String, Object> way = new LinkedHashMap<>(proof);
        if (certificateDemanded) {
            way.putIfAbsent(CERTIFICATE, List.of());
        }
        return way;
    }
}
