package dev.outrigger.http;

import java.util.Optional;

/**
 * Tells who sent a request.
 *
 * <p>Called on the event loop, before the body is read: it must not block. What it throws counts as nobody.
 */
@FunctionalInterface
public interface Authenticator {

    /** The caller, if the request's head proves one; empty for a credential that is missing, wrong or malformed. */
    Optional<Principal> authenticate(Request head);
}
