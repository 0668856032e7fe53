package dev.outrigger.backup.location;

import java.util.Optional;

/**
 * What a listing asks for.
 *
 * @param prefix what the names begin with
 * @param after only names behind this one; empty for all
 * @param limit at most so many, 1 to 1,000
 */
record ListRequest(String prefix, String after, int limit) {

    private static final int MAX = 1_000;

    ListRequest {
        if (limit < 1 || limit > MAX) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX + ")");
        }
    }

    /** Returns the name of an object that is asked for; nothing for what is none, or is not asked for. */
    Optional<ObjectName> match(String text) {
        boolean asked = text.startsWith(prefix) && text.compareTo(after) > 0;
        return asked && ObjectName.isName(text) ? Optional.of(new ObjectName(text)) : Optional.empty();
    }
}
