package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A caller that has proven who it is.
 *
 * @param name as it stands in logs; never a secret
 * @param right what the caller may do
 */
public record Principal(String name, Right right) {

    public Principal {
        requireNonNull(right, "right");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: blank (expected: a name for the logs)");
        }
    }

    /** Of the callers that one request proves the one with the greater right; the first, where they are equal. */
    static Optional<Principal> mightier(Optional<Principal> first, Principal second) {
        boolean better = first.isEmpty() || first.get().right.compareTo(second.right) < 0;
        return better ? Optional.of(second) : first;
    }
}
