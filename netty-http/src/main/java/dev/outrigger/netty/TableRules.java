package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.RouteTable;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;

/** What must hold for all routes of a sidecar together. */
final class TableRules {

    private TableRules() {}

    static void refuseUnknownAnonymous(RouteTable table, Set<String> anonymousPaths) {
        Set<String> known = new HashSet<>();
        table.paths().forEach(path -> known.add(path.path().toString()));
        for (String path : anonymousPaths) {
            if (!known.contains(path)) {
                throw new IllegalArgumentException("anonymous: " + path + " (expected: the path of a route)");
            }
        }
    }

    /** For a sidecar that asks nobody who they are. */
    static void refuseOpenWrites(RouteTable table, InetSocketAddress address) {
        boolean writes = table.paths().stream()
                .flatMap(path -> path.routes().stream())
                .anyMatch(route -> route.access() == Access.WRITE);
        if (writes && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "listen: " + address.getHostString()
                            + " (expected: a loopback address, authentication, or insecureWrites(), since there are routes that write)");
        }
    }
}
