package dev.outrigger.netty;

import dev.outrigger.http.Access;
import java.util.Set;

/**
 * Which paths are open to callers who prove nothing, where there is authentication. Immutable.
 *
 * @param anonymousPaths the templates of those that the host has opened for reading
 * @param protectProbes whether probes are not open
 */
record RouteRights(Set<String> anonymousPaths, boolean protectProbes) {

    RouteRights {
        anonymousPaths = Set.copyOf(anonymousPaths);
    }

    /**
     * Tells whether a caller has to prove something.
     *
     * @param path its template
     * @param access what the caller wants to do there
     */
    boolean isNeeded(String path, Access access) {
        return switch (access) {
            case PROBE -> protectProbes && !anonymousPaths.contains(path);
            case READ -> !anonymousPaths.contains(path);
            case WRITE -> true;
        };
    }
}
