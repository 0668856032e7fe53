package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

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
}
