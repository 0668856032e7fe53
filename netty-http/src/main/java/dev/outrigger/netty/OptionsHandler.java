package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Handler;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.Method;
import dev.outrigger.http.PathRoutes;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.http.StreamResponse;

/**
 * Answers OPTIONS: on a probe with the probe's own code, since that is what HAProxy's default check asks for; elsewhere with
 * 204. Both tell the path's methods.
 */
final class OptionsHandler implements Handler {

    private static final CompleteResponse NO_CONTENT = Response.empty(204);

    private final Handler probe;
    private final String allow;

    private OptionsHandler(Handler probe, String allow) {
        this.probe = probe;
        this.allow = allow;
    }

    static OptionsHandler of(PathRoutes routes) {
        Handler probe = routes.route(Method.GET)
                .filter(get -> get.access() == Access.PROBE)
                .map(Route::handler)
                .orElse(request -> NO_CONTENT);
        return new OptionsHandler(probe, routes.allow());
    }

    @Override
    public Response handle(Request request) throws Exception {
        return withoutBody(probe.handle(request));
    }

    private Response withoutBody(Response response) {
        if (response instanceof CompleteResponse complete) {
            return allowed(complete.status());
        }
        if (response instanceof LaterResponse later) {
            return new LaterResponse(later.stage().thenApply(this::withoutBody), later.abandoned(), later.held());
        }
        if (response instanceof StreamResponse stream) {
            stream.body().close();
            return allowed(stream.status());
        }
        return allowed(200); // Events: nobody has subscribed to them yet.
    }

    private CompleteResponse allowed(int status) {
        return Response.empty(status).withHeader("Allow", allow);
    }
}
