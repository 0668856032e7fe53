package dev.outrigger.secrets;

import static java.util.Objects.requireNonNull;

/**
 * What is secret about a secret: a text that is not empty, and that only {@link #reveal()} gives away. Immutable.
 *
 * <p>Neither its text form nor its equality depends on what it holds, so that no log, collection or comparison can tell.
 */
public final class SecretValue {

    private final String text;

    private SecretValue(String text) {
        this.text = text;
    }

    /**
     * Wraps a text.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static SecretValue of(String text) {
        if (requireNonNull(text, "value").isEmpty()) {
            throw new IllegalArgumentException("value: empty (expected: at least one character)");
        }
        return new SecretValue(text);
    }

    /** The secret itself, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    /** Says that there is a value, not which. */
    @Override
    public String toString() {
        return "SecretValue[hidden]";
    }
}
