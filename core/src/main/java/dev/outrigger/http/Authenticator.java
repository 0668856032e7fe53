package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import dev.outrigger.file.Watched;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who sent a request.
 *
 * <p>Called on the event loop, before the body is read: it must not block. What it throws counts as nobody.
 */
@FunctionalInterface
public interface Authenticator {

    /** The caller, if the request's head proves one; empty for a credential that is missing, wrong or malformed. */
    Optional<Principal> authenticate(Request head);

    /** What of the files that this one was made of is to be looked at again, every 5 s and on another thread. Default: nothing. */
    default List<Watched> watched() {
        return List.of();
    }

    /** How callers prove themselves here, for the generated documentation. Default: by a token. */
    default Set<AuthScheme> schemes() {
        return Set.of(AuthScheme.BEARER_TOKEN);
    }

    /** Knows whom this one or another one knows; where both do, the caller with the greater right, else the first's. */
    default Authenticator or(Authenticator other) {
        return new EitherAuthenticator(this, requireNonNull(other, "other"));
    }
}
