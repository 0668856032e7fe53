package dev.outrigger.secrets;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the environment has for the names that the host registered, and for no other. Immutable. */
final class EnvironmentSecrets {

    private final SortedSet<SecretKey> registered;
    private final Function<String, @Nullable String> variables;

    EnvironmentSecrets(SortedSet<SecretKey> registered, Function<String, @Nullable String> variables) {
        this.registered = Collections.unmodifiableSortedSet(new TreeSet<>(registered));
        this.variables = variables;
    }

    /** The value of a secret, unless its variable is empty or not set, or nobody registered it. */
    Optional<SecretValue> value(SecretKey key) {
        if (!registered.contains(key)) {
            return Optional.empty(); // Else a secret named "path" would be in every environment.
        }
        return Optional.ofNullable(variables.apply(key.environmentName()))
                .filter(text -> !text.isEmpty())
                .map(SecretValue::of);
    }

    /** The secrets that the environment has. */
    SortedSet<SecretKey> keys() {
        SortedSet<SecretKey> keys = new TreeSet<>(registered);
        keys.removeIf(key -> value(key).isEmpty());
        return keys;
    }
}
