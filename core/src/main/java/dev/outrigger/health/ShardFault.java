package dev.outrigger.health;

import static java.util.Objects.requireNonNull;

/**
 * Why the shard states could not be refreshed. Immutable.
 *
 * @param message for authorised readers
 */
public record ShardFault(Kind kind, String message) {

    public ShardFault {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
    }

    /** What the provider did. */
    public enum Kind {

        /** A call has not come back within a second. */
        HUNG("hung"),

        /** A call threw, or what it told contradicts itself. */
        FAILED("failed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word that answers and metrics use for this kind. */
        public String word() {
            return word;
        }
    }
}
