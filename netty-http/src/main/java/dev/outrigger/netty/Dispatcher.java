package dev.outrigger.netty;

import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a request: address first, then the route, who may call it, and the method; and guards the server against what a
 * handler may throw.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    private final Endpoints endpoints;
    private final Admission admission;

    Dispatcher(Endpoints endpoints, Admission admission) {
        this.endpoints = endpoints;
        this.admission = admission;
    }

    Admission admission() {
        return admission;
    }

    /**
     * Finds what serves a request's path.
     *
     * @throws ProblemException if nothing does, or the request comes from an address that may call nothing
     */
    Endpoint find(RequestHead head) {
        admission.addresses().check(head);
        return endpoints.find(head);
    }

    /**
     * Finds the route that is to handle a request, if its caller may call it.
     *
     * @throws ProblemException with 401, 403 or 405 if not
     */
    Route admit(RequestHead head, Endpoint endpoint) {
        Optional<Route> route = endpoint.route(head.method());
        admission.authorise(
                head,
                endpoint,
                route.isPresent() ? route.get().access() : endpoint.routes().access());
        return route.orElseThrow(() -> Problem.of(405, "Method not allowed")
                .withHeader("Allow", endpoint.routes().allow())
                .asException());
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

    /** What has come, where the answer was to come later. */
    Response received(Request request, @Nullable Response response, @Nullable Throwable failure) {
        if (response != null) {
            return response;
        }
        if (failure == null) {
            return failed(request, new NullPointerException("the handler's answer came, and was null"));
        }
        Throwable within = failure instanceof CompletionException ? failure.getCause() : null;
        return failed(request, within == null ? failure : within);
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
