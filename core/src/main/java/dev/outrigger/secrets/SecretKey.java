package dev.outrigger.secrets;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names a secret, such as {@code s3.access_key}. Case counts. Ordered by its characters.
 *
 * @param value 1 to 128 letters, digits, {@code . _ -}; no dot at either end and no two in a row
 */
public record SecretKey(String value) implements Comparable<SecretKey> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    public SecretKey {
        if (!isValid(value)) {
            // What somebody took for a key may be the secret itself, so it is not repeated.
            throw new IllegalArgumentException(
                    "key: malformed (expected: " + ALLOWED + ", no leading or trailing dot, no '..')");
        }
    }

    private static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches()
                && !value.startsWith(".")
                && !value.endsWith(".")
                && !value.contains("..");
    }

    /** The environment variable that may hold the secret: upper case, and {@code _} for all that is no letter or digit. */
    public String environmentName() {
        return value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    @Override
    public int compareTo(SecretKey other) {
        return value.compareTo(other.value);
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
