package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

/**
 * One method of one path, and what answers it.
 *
 * <p>Built from its method and path on: {@code Route.get("/ready").access(PROBE).lane(LOOP).summary("…").handledBy(h)}.
 * A GET route answers HEAD too.
 *
 * @param method never HEAD, OPTIONS (which the server derives) or UNKNOWN
 * @param path where it is found, without the sidecar's own prefix
 * @param access who may call it; always {@link Access#WRITE} for what is not a GET
 * @param lane where its handler runs
 * @param summary one line for {@code /}, the registry and the generated documentation
 * @param operation what it takes and answers, for the generated documentation
 * @param handler answers it
 */
public record Route(
        Method method,
        PathTemplate path,
        Access access,
        Lane lane,
        String summary,
        Operation operation,
        Handler handler) {

    public Route {
        requireNonNull(path, "path");
        requireNonNull(lane, "lane");
        requireNonNull(summary, "summary");
        requireNonNull(operation, "operation");
        requireNonNull(handler, "handler");
        if (method == Method.HEAD || method == Method.OPTIONS || method == Method.UNKNOWN) {
            throw new IllegalArgumentException(
                    "method of " + path + ": " + method + " (expected: GET or a writing one)");
        }
        if (method == Method.GET == (access == Access.WRITE)) {
            throw new IllegalArgumentException("access of " + method + " " + path + ": " + access
                    + " (expected: WRITE for every method but GET, and for no GET)");
        }
    }

    /** Begins a route that reads: by default one for authorised readers, on the ops lane. */
    public static Draft get(String path) {
        return new Draft(Method.GET, PathTemplate.of(path), Access.READ, Lane.OPS, "", Operation.UNDESCRIBED);
    }

    /** Begins a route that writes, on the ops lane. */
    public static Draft writing(Method method, String path) {
        return new Draft(method, PathTemplate.of(path), Access.WRITE, Lane.OPS, "", Operation.UNDESCRIBED);
    }

    /** A route that lacks nothing but its handler. Immutable: each step gives another draft. */
    public record Draft(
            Method method, PathTemplate path, Access access, Lane lane, String summary, Operation operation) {

        /** Sets who may call the route. Default: whoever may read, or write where the route writes. */
        public Draft access(Access access) {
            return new Draft(method, path, access, lane, summary, operation);
        }

        /** Sets where the handler runs. Default: {@link Lane#OPS}. */
        public Draft lane(Lane lane) {
            return new Draft(method, path, access, lane, summary, operation);
        }

        /** Sets the line that tells people what the route is for. Default: empty. */
        public Draft summary(String summary) {
            return new Draft(method, path, access, lane, summary, operation);
        }

        /** Tells what the route takes and answers. Default: the documentation has its path, its method and its summary. */
        public Draft describedBy(Operation operation) {
            return new Draft(method, path, access, lane, summary, operation);
        }

        /**
         * Completes the route.
         *
         * @throws IllegalArgumentException if method and access do not go together
         */
        public Route handledBy(Handler handler) {
            return new Route(method, path, access, lane, summary, operation, handler);
        }
    }
}
