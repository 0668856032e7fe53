package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Authenticator;
import dev.outrigger.http.Principal;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a request: route first, then who may call it, then the method; and guards the server against what a
 * handler may throw.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    private final Endpoints endpoints;
    private final Optional<Authenticator> authenticator;
    private final String challenge;

    /**
     * Makes a dispatcher.
     *
     * @param authenticator knows the callers; without one everybody may call everything
     * @param realm names the sidecar to a client that is asked for a token; without a quote in it
     */
    Dispatcher(Endpoints endpoints, Optional<Authenticator> authenticator, String realm) {
        this.endpoints = endpoints;
        this.authenticator = authenticator;
        this.challenge = "Bearer realm=\"" + realm + "\"";
    }

    /**
     * Finds what serves a request's path.
     *
     * @throws ProblemException if nothing does
     */
    Endpoint find(RequestHead head) {
        return endpoints.find(head);
    }

    /**
     * Finds the route that is to handle a request, if its caller may call it.
     *
     * @throws ProblemException with 401, 403 or 405 if not
     */
    Route admit(RequestHead head, Endpoint endpoint) {
        Optional<Route> route = endpoint.route(head.method());
        authorise(
                head,
                endpoint,
                route.isPresent() ? route.get().access() : endpoint.routes().access());
        return route.orElseThrow(() -> Problem.of(405, "Method not allowed")
                .withHeader("Allow", endpoint.routes().allow())
                .asException());
    }

    private void authorise(RequestHead head, Endpoint endpoint, Access access) {
        if (authenticator.isEmpty()) {
            head.showDetails(true);
        } else if (endpoint.needsRight() || access == Access.WRITE) {
            Principal caller = caller(head)
                    .orElseThrow(() -> Problem.of(401, "A valid token is needed")
                            .withHeader("WWW-Authenticate", challenge)
                            .asException());
            if (!caller.right().permits(access)) {
                throw Problem.of(403, "This token may not call this route").asException();
            }
            head.showDetails(true);
        } else if (head.hasCredentials()) {
            head.showDetails(caller(head).isPresent());
        }
    }

    private Optional<Principal> caller(RequestHead head) {
        try {
            return authenticator.flatMap(a -> a.authenticate(head));
        } catch (RuntimeException e) {
            LOG.warn("The authenticator failed; the caller counts as nobody", e);
            return Optional.empty();
        }
    }

    /** Runs a handler, on the thread of its lane. */
    Response handle(Route route, Request request) {
        try {
            Response response = route.handler().handle(request);
            return response != null ? response : failed(request, new NullPointerException("the handler answered null"));
        } catch (Throwable e) { // Whatever the host's code throws ends one request, and nothing else.
            return failed(request, e);
        }
    }

    /** The answer to a request that failed. */
    Response failed(Request request, Throwable cause) {
        if (cause instanceof ProblemException expected) {
            return expected.problem().toResponse(request.requestId());
        }
        LOG.atError()
                .setMessage("A request failed")
                .addKeyValue("request_id", request.requestId())
                .addKeyValue("path", request.path())
                .setCause(cause)
                .log();
        return Problem.of(500, "Internal error").toResponse(request.requestId());
    }
}
