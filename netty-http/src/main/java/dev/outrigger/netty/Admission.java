package dev.outrigger.netty;

import dev.outrigger.http.Access;
import dev.outrigger.http.Authenticator;
import dev.outrigger.http.Principal;
import dev.outrigger.http.Problem;
import dev.outrigger.http.ProblemException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may call what. Used on the event loop. */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.http");

    private final AddressRules addresses;
    private final Optional<Authenticator> authenticator;
    private final WriteGuard writes;
    private final String challenge;

    /**
     * Makes an admission.
     *
     * @param authenticator knows the callers; without one everybody may call everything
     * @param names under which the server is reached, in lower case
     * @param realm names the sidecar to a client that is asked for a token; without a quote in it
     */
    Admission(AddressRules addresses, Optional<Authenticator> authenticator, Set<String> names, String realm) {
        this.addresses = addresses;
        this.authenticator = authenticator;
        this.writes = new WriteGuard(names, authenticator.isEmpty());
        this.challenge = "Bearer realm=\"" + realm + "\"";
    }

    AddressRules addresses() {
        return addresses;
    }

    /**
     * Lets a caller pass that may call an endpoint, and tells the request who it is.
     *
     * @throws ProblemException with 401 or 403 for everybody else
     */
    void authorise(RequestHead head, Endpoint endpoint, Access access) {
        if (authenticator.isEmpty()) {
            head.showDetails(true);
        } else if (endpoint.needsRight() || access == Access.WRITE) {
            head.callerIs(authorised(head, access));
        } else if (head.hasCredentials()) {
            caller(head).ifPresent(head::callerIs);
        }
        if (access == Access.WRITE) {
            writes.check(head);
        }
    }

    private Principal authorised(RequestHead head, Access access) {
        Principal caller = caller(head)
                .orElseThrow(() -> Problem.of(401, "A valid token is needed")
                        .withHeader("WWW-Authenticate", challenge)
                        .asException());
        if (!caller.right().permits(access)) {
            throw Problem.of(403, "This token may not call this route").asException();
        }
        return caller;
    }

    private Optional<Principal> caller(RequestHead head) {
        try {
            return authenticator.flatMap(a -> a.authenticate(head));
        } catch (RuntimeException e) {
            LOG.warn("The authenticator failed; the caller counts as nobody", e);
            return Optional.empty();
        }
    }
}
