package dev.outrigger.http;

import dev.outrigger.file.Watched;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knows whom one of two knows. */
record EitherAuthenticator(Authenticator first, Authenticator second) implements Authenticator {

    @Override
    public Optional<Principal> authenticate(Request head) {
        Optional<Principal> caller = first.authenticate(head);
        return second.authenticate(head)
                .map(other -> Principal.mightier(caller, other))
                .orElse(caller);
    }

    @Override
    public List<Watched> watched() {
        List<Watched> both = new ArrayList<>(first.watched());
        both.addAll(second.watched());
        return both;
    }

    @Override
    public Set<AuthScheme> schemes() {
        Set<AuthScheme> both = EnumSet.noneOf(AuthScheme.class);
        both.addAll(first.schemes());
        both.addAll(second.schemes());
        return both;
    }
}
