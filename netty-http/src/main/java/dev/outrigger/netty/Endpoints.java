package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Problem;
import dev.outrigger.http.RouteMatch;
import dev.outrigger.http.RouteTable;
import dev.outrigger.metrics.RequestMetrics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what serves a request's path.
 *
 * <p>Paths without parameters, which are all that a balancer ever asks for, are found by comparing bytes; what does not fit
 * one to the letter (percent-encoded, with a trailing slash or a parameter) is decoded and looked up in the route table, with
 * the same result. Immutable.
 */
final class Endpoints {

    private static final byte[] ASTERISK = Ascii.bytes("*");

    private final RouteTable table;
    private final Map<PathRoutes, Endpoint> byRoutes = new HashMap<>();
    private final LiteralPath[] literals;

    /** A path without parameters, as it is sent. */
    private record LiteralPath(
            byte[] raw,
            String path,
            Endpoint endpoint,
            @Nullable LiteralPath next) {}

    Endpoints(RouteTable table, RequestMetrics metrics, RouteRights rights) {
        this.table = table;
        for (PathRoutes routes : table.paths()) {
            String path = routes.path().toString();
            CountedRoute counted = new CountedRoute(path, byRoutes.size() + 1, metrics.meter(path));
            byRoutes.put(routes, new Endpoint(routes, counted, rights.isNeeded(path, routes.access())));
        }
        this.literals = literals(table.paths());
    }

    private LiteralPath[] literals(List<PathRoutes> paths) {
        // At least twice as many places as paths, so that chains stay short.
        LiteralPath[] places = new LiteralPath[Integer.highestOneBit(Math.max(8, paths.size())) * 4];
        for (PathRoutes routes : paths) {
            if (routes.path().isLiteral()) {
                String path = routes.path().toString();
                byte[] raw = Ascii.bytes(table.prefix() + path);
                int place = hash(raw, 0, raw.length) & (places.length - 1);
                places[place] = new LiteralPath(raw, path, endpoint(routes), places[place]);
            }
        }
        return places;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 16;
    }

    /**
     * Finds the endpoint of a request, and tells the request what its path means.
     *
     * @throws dev.outrigger.http.ProblemException with 404 if there is none, with 400 if the path is malformed
     */
    Endpoint find(RequestHead head) {
        byte[] bytes = head.bytes();
        int from = head.pathStart();
        int to = head.pathEnd();
        LiteralPath literal = literals[hash(bytes, from, to) & (literals.length - 1)];
        while (literal != null) {
            if (Arrays.equals(literal.raw, 0, literal.raw.length, bytes, from, to)) {
                head.matched(literal.path, Map.of());
                return literal.endpoint;
            }
            literal = literal.next;
        }
        return lookUp(head, Arrays.equals(ASTERISK, 0, 1, bytes, from, to) ? table.prefix() + "/" : head.rawPath());
    }

    private Endpoint lookUp(RequestHead head, String rawPath) {
        RouteMatch match = table.match(rawPath)
                .orElseThrow(() -> Problem.notFound("No such path").asException());
        head.matched(match.path(), match.parameters());
        return endpoint(match.routes());
    }

    private Endpoint endpoint(PathRoutes routes) {
        return requireNonNull(byRoutes.get(routes), "every path of the table has one");
    }
}
